//! Breaks text into lines.

/// A word longer than this is an address or encoded data, which may be broken at its parameters.
const LONGEST_WORD: usize = 24;

/// Breaks a text into lines of at most `width` characters: between words, before the parameters of an address, and
/// anywhere in what is still too long.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for piece in pieces(text) {
        let size = piece.trim_end().chars().count();
        if length > 0 && length + size > width {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        for c in piece.chars() {
            // Not for the space after a word that just fits.
            if length == width && c != ' ' {
                lines.push(std::mem::take(&mut line));
                length = 0;
            }
            line.push(c);
            length += 1;
        }
    }
    lines.push(line);
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Cuts a text where a line may end. Each piece keeps the space after it.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(' ').flat_map(|word| {
        let is_long = word.len() > LONGEST_WORD;
        let mut rest = word;
        std::iter::from_fn(move || {
            let first = rest.chars().next()?;
            let next = rest[first.len_utf8()..].find(['?', '&']).filter(|_| is_long);
            let (piece, after) = rest.split_at(next.map_or(rest.len(), |at| at + first.len_utf8()));
            rest = after;
            Some(piece)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn breaks_between_words_and_parameters() {
        assert_eq!(wrapped("un café à la crème", 8), ["un café", "à la", "crème"]);
        assert_eq!(
            wrapped("GET /a/long/path/of/an/address?one=1&two=2", 36),
            ["GET /a/long/path/of/an/address?one=1", "&two=2"]
        );
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);

        assert_eq!(wrapped("", 4), [""]);
    }
}
