//! Lists that are shown as one text, parsed independently: the reference's `INCLUDES`.

/// The items of a list: its texts, or the addresses of its people.
pub fn items(list: &str) -> Vec<String> {
    parts(list).iter().filter_map(|part| item(part)).collect()
}

/// The parts between semicolons that are neither in quotes nor in angle brackets.
fn parts(list: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut end = None;
    let mut characters = list.chars();
    while let Some(character) = characters.next() {
        let last = parts.last_mut().expect("there is always a part");
        match (end, character) {
            (None, ';') => {
                parts.push(String::new());
                continue;
            }
            (None, '"') if last.trim().is_empty() => end = Some('"'),
            (None, '<') => end = Some('>'),
            (Some(_), '\\') => {
                last.push('\\');
                last.extend(characters.next());
                continue;
            }
            (Some(closing), _) if character == closing => end = None,
            _ => {}
        }
        last.push(character);
    }
    parts.retain(|part| !part.is_empty());
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

fn item(part: &str) -> Option<String> {
    if let Some(bracketed) = part.strip_suffix('>') {
        let start = bracketed.rfind(" <").map(|at| at + 2);
        let start = start.or_else(|| bracketed.starts_with('<').then_some(1))?;
        return Some(unescaped(&bracketed[start..]));
    }
    let Some(quoted) = part
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    else {
        return Some(part.to_owned());
    };
    let text = unescaped(quoted);
    let odd = text.trim() != text
        || text.is_empty()
        || text.contains([';', '<'])
        || ["\"", "[\"", "[{", "[]"]
            .iter()
            .any(|start| text.starts_with(start));
    odd.then_some(text)
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => plain.extend(characters.next()),
            _ => plain.push(character),
        }
    }
    plain
}
