//! Settings whose value is one of a few words.

/// A setting whose value is one of a few words.
pub(super) trait Choice: Sized + Copy + 'static {
    const WORDS: &'static [&'static str];
    const VALUES: &'static [Self];

    /// The value of a word, matched without case.
    fn of(word: &str) -> Option<Self> {
        let position = Self::WORDS
            .iter()
            .position(|known| known.eq_ignore_ascii_case(word))?;
        Some(Self::VALUES[position])
    }
}

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant),+
        }

        impl Choice for $name {
            const WORDS: &'static [&'static str] = &[$($word),+];
            const VALUES: &'static [Self] = &[$(Self::$variant),+];
        }
    };
}

choice! {
    /// How the client id and secret reach the token endpoint.
    ClientAuthentication {
        /// In an `Authorization` header.
        Basic = "Basic",
        /// In the form.
        Post = "Post",
    }
}

choice! {
    /// How the application proves who it is. The words that [`super::Authentication`] lacks are
    /// known, so that the message can say so, but not supported.
    AuthScheme {
        ClientSecret = "ClientSecret",
        AccessToken = "AccessToken",
        Certificate = "Certificate",
        ManagedIdentity = "ManagedIdentity",
        WorkloadIdentity = "WorkloadIdentity",
        DeviceCode = "DeviceCode",
        RefreshToken = "RefreshToken",
    }
}

choice! {
    /// What happens when one of several mailboxes cannot be read.
    OnMailboxError {
        Fail = "Fail",
        /// A warning names the mailbox.
        Skip = "Skip",
    }
}

choice! {
    /// The form in which bodies arrive.
    BodyType { Html = "html", Text = "text" }
}

choice! {
    /// The column that the catalog reports as the key.
    KeyColumn { CompositeKey = "CompositeKey", Id = "Id", SafeKey = "SafeKey" }
}

choice! {
    /// How much of a statement Graph is asked to do.
    Pushdown {
        /// Everything that gives the same answer.
        Full = "Full",
        /// Only what Microsoft documents.
        Safe = "Safe",
        /// Nothing.
        Off = "Off",
    }
}

choice! {
    /// How multi-valued columns read.
    Collections { Text = "Text", Json = "Json" }
}

choice! {
    /// How much goes to the log file.
    LogLevel {
        Off = "Off",
        Error = "Error",
        Warn = "Warn",
        Info = "Info",
        Debug = "Debug",
        Trace = "Trace",
    }
}
