//! Where the log is.

use super::LogLevel;
use std::path::{Path, PathBuf};

/// The file for the values of `LogFile` and `LogLevel`; `None` for no log.
///
/// A program of Windows may run in any folder, often one that it cannot write to. So a name without a folder goes into
/// the user's own, and so does the log of a connection with a level and without a file.
pub(super) fn of(file: Option<String>, level: Option<LogLevel>) -> Option<PathBuf> {
    place(file.map(PathBuf::from), level, users_folder().as_deref())
}

/// Makes the user's folder if the log is to be there. Opening the file tells if that was not possible.
pub(super) fn prepare(file: &Path) {
    if let (Some(folder), Some(users)) = (file.parent(), users_folder())
        && folder == users
    {
        let _ = std::fs::create_dir_all(folder);
    }
}

fn place(file: Option<PathBuf>, level: Option<LogLevel>, users: Option<&Path>) -> Option<PathBuf> {
    match (file, users) {
        (Some(file), Some(users)) if file.parent() == Some(Path::new("")) => Some(users.join(file)),
        (Some(file), _) => Some(file),
        (None, Some(users)) if level.is_some_and(|level| level != LogLevel::Off) => {
            Some(users.join("exchange_odbc.log"))
        }
        (None, _) => None,
    }
}

/// The folder of the user's programs on this machine, where the system has one.
fn users_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("LOCALAPPDATA").filter(|folder| !folder.is_empty())?;
    cfg!(windows).then(|| Path::new(&folder).join("Exchange ODBC"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_alone_is_in_the_users_folder_where_there_is_one() {
        let users = Path::new("/users/ann");
        let placed =
            |file: Option<&str>, level, users| place(file.map(PathBuf::from), level, users);
        let path = |text: &str| Some(PathBuf::from(text));
        let info = Some(LogLevel::Info);
        assert_eq!(
            placed(Some("a.log"), None, Some(users)),
            path("/users/ann/a.log")
        );
        assert_eq!(
            placed(None, info, Some(users)),
            path("/users/ann/exchange_odbc.log")
        );
        assert_eq!(placed(None, Some(LogLevel::Off), Some(users)), None);
        assert_eq!(placed(None, None, Some(users)), None);
        for file in ["/var/log/a.log", "logs/a.log", "./a.log"] {
            assert_eq!(placed(Some(file), info, Some(users)), path(file));
        }
        assert_eq!(placed(Some("a.log"), info, None), path("a.log"));
        assert_eq!(placed(None, info, None), None);
    }

    #[cfg(windows)]
    #[test]
    fn windows_has_such_a_folder() {
        let folder = users_folder().expect("LOCALAPPDATA is set");
        assert!(folder.ends_with("Exchange ODBC") && folder.is_absolute());
        prepare(&folder.join("unit test.log"));
        assert!(folder.is_dir());
    }
}
