//! A student's details (protocol §3.4).

use izly::protocol::{ReadUser, Response};
use izly::{AccessToken, ErrorKind, Personal, UserDetails, Wire};

use crate::fault::assert_rejected_for_a_reason;
use crate::json::{Fields, assert_accepted, assert_fairly_refused};
use crate::partner::{CARRIED, answer, partner};

/// Details are what `serde_json` finds under the documented names, of somebody; `Debug` shows nothing personal.
pub fn user(body: &[u8]) {
    let token = AccessToken::new(CARRIED);
    let response = Response::new(200, body);
    let fields = Fields::of(body);
    match answer(&ReadUser::new(&token), &partner(Wire::default()), &response) {
        Ok(user) => {
            assert_accepted(body);
            assert_is_somebody(&user, &fields);
            assert_covered(&user);
        }
        Err(error) => {
            assert!(!matches!(error.kind(), ErrorKind::Mismatch | ErrorKind::NotFinal | ErrorKind::NotPaid), "{error}");
            assert_rejected_for_a_reason(&error, &response);
            assert_fairly_refused(body, &error);
        }
    }
}

fn personal(user: &UserDetails) -> [(&'static str, &Option<Personal>); 7] {
    [
        ("RightHolderId", &user.right_holder_id),
        ("IdIzly", &user.izly_id),
        ("CodeEtu", &user.student_code),
        ("Ine", &user.ine),
        ("CodeClient", &user.client_code),
        ("NumeroAffectation", &user.affectation_number),
        ("Id", &user.id),
    ]
}

fn plain(user: &UserDetails) -> [(&'static str, &Option<String>); 7] {
    [
        ("Societe", &user.company),
        ("Tarif", &user.rate),
        ("AnneeUniv", &user.academic_year),
        ("Employeur", &user.employer),
        ("RneEtablissement", &user.institution_code),
        ("RneComposante", &user.component_code),
        ("TypeClient", &user.client_type),
    ]
}

fn assert_is_somebody(user: &UserDetails, fields: &Fields) {
    let personal = personal(user).map(|(name, text)| (name, text.as_ref().map(Personal::reveal)));
    let plain = plain(user).map(|(name, text)| (name, text.as_deref()));
    let mut is_somebody = false;
    for (name, text) in personal.into_iter().chain(plain) {
        assert_eq!(text, fields.text(name).as_deref(), "{name}");
        is_somebody |= text.is_some();
    }
    assert!(is_somebody, "details of nobody");
}

/// `Debug` is the same whoever it is about.
fn assert_covered(user: &UserDetails) {
    let another = || Some(Personal::new("another"));
    let mut other = user.clone();
    other.right_holder_id = another();
    other.izly_id = another();
    other.student_code = another();
    other.ine = another();
    other.client_code = another();
    other.affectation_number = another();
    other.id = another();
    assert_eq!(format!("{user:?}"), format!("{other:?}"));
}
