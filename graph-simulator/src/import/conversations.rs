//! Assigns messages to conversations.

use std::collections::HashMap;

use super::message::Parsed;
use crate::entities::message::Conversation;

/// The conversations of the messages that came so far.
#[derive(Default)]
pub struct Conversations {
    /// By the id of a message in them.
    by_message: HashMap<String, Conversation>,
    /// By their topic, because answers of some mailers name no message.
    by_topic: HashMap<String, Conversation>,
}

impl Conversations {
    /// Finds the conversation of a message, or begins one, and records it in the message.
    pub fn place(&mut self, parsed: &mut Parsed, number: usize) {
        let answered = parsed
            .references
            .iter()
            .rev()
            .find_map(|id| self.by_message.get(id));
        let conversation = match (answered, parsed.references.first()) {
            (Some(known), _) => answer(known),
            (None, Some(first)) => {
                Conversation::of(first, parsed.message.sent, parsed.references.len())
            }
            (None, None) => match self.by_topic.get(&parsed.topic) {
                Some(known) if is_answer(parsed) => answer(known),
                _ => Conversation::of(&own_name(parsed, number), parsed.message.sent, 0),
            },
        };
        for id in own_id(parsed)
            .into_iter()
            .chain(parsed.references.first().cloned())
        {
            self.by_message
                .entry(id)
                .or_insert_with(|| conversation.clone());
        }
        if !parsed.topic.is_empty() {
            let topic = parsed.topic.clone();
            self.by_topic
                .entry(topic)
                .or_insert_with(|| conversation.clone());
        }
        parsed.message.conversation = conversation;
    }
}

fn answer(to: &Conversation) -> Conversation {
    Conversation {
        depth: to.depth + 1,
        ..to.clone()
    }
}

fn own_id(parsed: &Parsed) -> Option<String> {
    let id = parsed.message.internet_message_id.as_deref()?;
    Some(id.trim_matches(['<', '>']).to_owned())
}

/// A message without an id is named by its number.
fn own_name(parsed: &Parsed, number: usize) -> String {
    own_id(parsed).unwrap_or_else(|| number.to_string())
}

fn is_answer(parsed: &Parsed) -> bool {
    let subject = parsed.message.subject.as_deref().unwrap_or_default();
    !parsed.topic.is_empty() && subject.trim().chars().count() > parsed.topic.chars().count()
}
