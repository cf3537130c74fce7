//! Who has logged in (protocol §3.4).

use std::fmt;

use crate::error::{Error, Outcome};
use crate::protocol::{Call, CallName, Method, Partner, Request, Sealed};
use crate::secret::{AccessToken, Personal};
use crate::wire::{Extra, Object, ReadError};

/// A student's details as CROUS knows them.
///
/// Every field is optional, and every value is the text of what came, be it a number or a string on the wire: the guide
/// shows the reply only as a screenshot, and not every name in it can be read. What has no field here is in
/// [`extra`](UserDetails::extra). The meanings are those of public CROUS card software.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserDetails {
    /// The person's number as a right holder (`RightHolderId`).
    pub right_holder_id: Option<Personal>,
    /// The number of the Izly account (`IdIzly`).
    pub izly_id: Option<Personal>,
    /// The rate company, *société* (`Societe`).
    pub company: Option<String>,
    /// The rate within the company, *tarif* (`Tarif`): what a meal costs this person.
    pub rate: Option<String>,
    /// The academic year (`AnneeUniv`).
    pub academic_year: Option<String>,
    /// The employer (`Employeur`).
    pub employer: Option<String>,
    /// The institution's UAI code (`RneEtablissement`).
    pub institution_code: Option<String>,
    /// The UAI code of the part of the institution (`RneComposante`).
    pub component_code: Option<String>,
    /// The institution's number for the student (`CodeEtu`). Personal.
    pub student_code: Option<Personal>,
    /// The national student number (`Ine`). Personal.
    pub ine: Option<Personal>,
    /// CROUS's code for the client (`CodeClient`). Personal.
    pub client_code: Option<Personal>,
    /// The type of client (`TypeClient`).
    pub client_type: Option<String>,
    /// The number of the assignment, *affectation* (`NumeroAffectation`).
    pub affectation_number: Option<Personal>,
    /// Another number of the person (`Id`).
    pub id: Option<Personal>,
    /// Fields this library does not know. They may be personal too.
    pub extra: Extra,
}

impl UserDetails {
    fn read(mut reply: Object<'_>) -> Result<Self, ReadError> {
        let mut user = UserDetails {
            right_holder_id: reply.string("RightHolderId")?.map(Personal::new),
            izly_id: reply.string("IdIzly")?.map(Personal::new),
            company: reply.string("Societe")?,
            rate: reply.string("Tarif")?,
            academic_year: reply.string("AnneeUniv")?,
            employer: reply.string("Employeur")?,
            institution_code: reply.string("RneEtablissement")?,
            component_code: reply.string("RneComposante")?,
            student_code: reply.string("CodeEtu")?.map(Personal::new),
            ine: reply.string("Ine")?.map(Personal::new),
            client_code: reply.string("CodeClient")?.map(Personal::new),
            client_type: reply.string("TypeClient")?,
            affectation_number: reply.string("NumeroAffectation")?.map(Personal::new),
            id: reply.string("Id")?.map(Personal::new),
            extra: Extra::default(),
        };
        // Every field is optional, but a reply with none of them is about nobody: a program that looks its user up by one
        // must not take that for a person.
        if user == UserDetails::default() {
            return Err(reply.error("RightHolderId", "is missing, and so is every other documented field"));
        }
        reply.keep_unread(&mut user.extra);
        Ok(user)
    }
}

impl fmt::Debug for UserDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What identifies nobody by itself; the account numbers and codes stay covered.
        f.debug_struct("UserDetails")
            .field("company", &self.company)
            .field("rate", &self.rate)
            .field("academic_year", &self.academic_year)
            .field("institution_code", &self.institution_code)
            .field("client_type", &self.client_type)
            .field("extra", &self.extra)
            .finish_non_exhaustive()
    }
}

/// Reads the details of the student who gave this token.
#[derive(Debug)]
pub struct ReadUser<'a> {
    access: &'a AccessToken,
}

impl<'a> ReadUser<'a> {
    /// The read with this token.
    pub fn new(access: &'a AccessToken) -> Self {
        ReadUser { access }
    }
}

impl Sealed for ReadUser<'_> {}

impl Call for ReadUser<'_> {
    type Output = UserDetails;

    fn name(&self) -> CallName {
        CallName::User
    }

    fn request(&self, partner: &Partner) -> Result<Request, Error> {
        let token = self.access.reveal();
        // The token goes raw into a header.
        if token.is_empty() || !token.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(Error::invalid("access_token", "must be visible ASCII and not empty"));
        }
        Ok(Request::with_token(partner, Method::Get, "/api/izly/users", token))
    }

    fn decode(&self, _: &Partner, reply: Object<'_>) -> Result<UserDetails, Error> {
        UserDetails::read(reply).map_err(|error| error.into_error("user details", Outcome::Unknown))
    }

    fn secrets(&self) -> Vec<&str> {
        vec![self.access.reveal()]
    }
}
