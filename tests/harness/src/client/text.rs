//! Text on its way to and from the driver.

/// UTF-16 with a terminator.
pub fn to_utf16(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

pub fn from_utf16(units: &[u16]) -> String {
    String::from_utf16(units).expect("the driver writes whole UTF-16")
}
