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
    /// How the client id and secret are sent to the token endpoint.
    ClientAuthentication {
        /// In an `Authorization` header.
        Basic = "Basic",
        /// In the form.
        Post = "Post",
    }
}

choice! {
    /// How the application authenticates. The driver knows the words that [`super::Authentication`]
    /// lacks, so that a message can name them, but does not support them.
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
    /// The behaviour when one of several mailboxes cannot be read.
    OnMailboxError {
        Fail = "Fail",
        /// A warning names the mailbox.
        Skip = "Skip",
    }
}

choice! {
    /// The format of bodies.
    BodyType { Html = "html", Text = "text" }
}

choice! {
    /// The column that the catalog reports as the key.
    KeyColumn { CompositeKey = "CompositeKey", Id = "Id", SafeKey = "SafeKey" }
}

choice! {
    /// How much work of a statement Graph does.
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
    /// The format of multi-valued columns.
    Collections { Text = "Text", Json = "Json" }
}

choice! {
    /// The detail of the log file.
    LogLevel {
        Off = "Off",
        Error = "Error",
        Warn = "Warn",
        Info = "Info",
        Debug = "Debug",
        Trace = "Trace",
    }
}
