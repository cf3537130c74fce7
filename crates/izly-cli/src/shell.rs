//! Words that a person may copy into a shell.

/// `--name value`, so that any value arrives as it is.
pub(crate) fn option(name: &str, value: &str) -> String {
    // A value that looks like a flag is one, unless it sticks to its name.
    let glue = if value.starts_with('-') { '=' } else { ' ' };
    format!("{name}{glue}{}", quoted(value))
}

/// As it is where no shell minds, else in single quotes, in which nothing but their end means anything.
pub(crate) fn quoted(text: &str) -> String {
    let is_harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+=,".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_harmless) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_arrives_as_it_is() {
        assert_eq!(option("--order", "order-42"), "--order order-42");
        assert_eq!(option("--order", "a b; rm -r $HOME"), "--order 'a b; rm -r $HOME'");
        assert_eq!(option("--order", "l'été"), r"--order 'l'\''été'");
        assert_eq!(option("--order", "-7"), "--order=-7");
        assert_eq!(quoted(""), "''");
    }
}
