//! Amounts as people type them in France, to the centime and without any float.

/// `12,34`, `1 234,5`, `12.34 €` or `12`, in centimes.
pub(super) fn parse(text: &str) -> Result<u64, String> {
    read(text).ok_or_else(|| "Saisissez un montant en euros, par exemple 12,34.".to_owned())
}

fn read(text: &str) -> Option<u64> {
    let bare: String = text.trim().trim_end_matches('€').chars().filter(|c| !c.is_whitespace()).collect();
    let (euros, centimes) = match bare.split_once([',', '.']) {
        Some((_, "")) => return None,
        Some((euros, decimals)) => (euros, decimals),
        None => (bare.as_str(), ""),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if euros.is_empty() || !digits(euros) || !digits(centimes) || centimes.len() > 2 {
        return None;
    }
    // `,5` is fifty centimes.
    let centimes: u64 = format!("{centimes:0<2}").parse().ok()?;
    euros.parse::<u64>().ok()?.checked_mul(100)?.checked_add(centimes)
}

/// `12,34`, as a field shows it.
pub(super) fn typed(cents: u64) -> String {
    format!("{},{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_as_people_type_them() {
        for (text, cents) in [
            ("0", 0),
            ("12", 1_200),
            ("12,3", 1_230),
            ("12,34", 1_234),
            ("12.34", 1_234),
            (" 12,34 € ", 1_234),
            ("1 234,56", 123_456),
            ("1\u{202f}234,56\u{a0}€", 123_456),
            ("0,05", 5),
            ("184467440737095516,15", u64::MAX),
        ] {
            assert_eq!(parse(text), Ok(cents), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount() {
        for text in [
            "",
            "€",
            "-1",
            "+1",
            "1,234",
            "1,",
            ",5",
            "1.000,00",
            "1e2",
            "0x10",
            "douze",
            "١٢",
            "184467440737095516,16",
            "99999999999999999999",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_shown_can_be_read_back() {
        for cents in [0, 5, 50, 100, 123_456, u64::MAX] {
            assert_eq!(parse(&typed(cents)), Ok(cents));
        }
    }
}
