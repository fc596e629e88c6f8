//! The names whose values are never shown: as attributes, in a URL's query, in text.
//!
//! A name is compared by its parts, whatever separates them: `user_email`, `User-Email` and `userEmail` are
//! `user.email`. It is denied when it ends in a term of the list, so `contact.email` is and
//! `email.template` is not.

use std::collections::HashSet;

use crate::attrs;

/// Longer names are compared by their end.
const NAME_BYTES_MAX: usize = 120;

/// Denied everywhere: as an attribute, in a query, and as `name=value` in text.
const EVERYWHERE: &str = "email e.mail email.address mail.address \
    phone phone.number phonenumber telephone telephone.number mobile.number mobile.phone msisdn fax \
    password passwd passphrase passcode new.password secret client.secret secret.key secretkey private.key \
    privatekey token api.key apikey access.key accesskey signing.key credential credentials authorization \
    authorisation cookie set.cookie session.token csrf xsrf otp verification.code \
    card.number cardnumber credit.card creditcard card.pan cvv cvc cvv2 cvc2 card.holder cardholder \
    iban account.number routing.number ssn social.security.number tax.id passport.number national.id \
    first.name firstname last.name lastname full.name fullname middle.name surname family.name given.name \
    maiden.name display.name nick.name nickname birth birthday birthdate birth.date date.of.birth dob \
    street street.address home.address billing.address shipping.address postal.address address.line \
    address.line1 address.line2 zip.code zipcode postal.code postcode";

/// Denied as an attribute. In text these names say nothing.
const ATTRIBUTES: &str = "client.address client.ip clientip client.socket.address remote.addr remote.address \
    remote.ip remote.host user.ip ip.address x.forwarded.for forwarded.for forwarded x.real.ip real.ip \
    enduser.id user.name username user.login customer.name student.name instructor.name person.name \
    contact.name guest.name recipient.name sender.name author.name user.address \
    message.body message.text message.content chat.message \
    gen.ai.tool.call.arguments gen.ai.tool.call.result gen.ai.input.messages gen.ai.output.messages \
    gen.ai.system.instructions gen.ai.prompt gen.ai.completion http.request.body http.response.body";

/// Denied as an attribute of exactly that name.
const WHOLE: &str = "message address body name.first name.last request.body response.body";

/// Denied as an attribute when its name begins so.
const PREFIXES: &[&str] = &["db.query.parameter", "db.operation.parameter"];

/// Denied in a query only: short words that mean much there and little elsewhere.
const QUERY: &str = "x.amz.signature x.amz.credential x.amz.security.token awsaccesskeyid signature sig \
    awsaccess.key.id x.goog.signature x.goog.credential code state name key auth pass pwd session sid jwt bearer nonce \
    user username login address ip mail tel mobile contact id.token refresh.token access.token \
    samlresponse relaystate invite hash hmac";

/// Headers whose value goes to the end of the line.
const LINES: &str = "authorization authorisation cookie set.cookie";

/// Denied in text even when nothing is quoted: `password: x`.
const PLAIN: &str = "password passwd passphrase authorization authorisation cookie set.cookie api.key apikey \
    ssn cvv cvc card.number phone.number";

/// Names, each by its parts.
#[derive(Debug, Default)]
struct Terms {
    /// For each length the first letters there are: most names are turned away here.
    gate: [u32; 32],
    terms: HashSet<Vec<u8>>,
}

impl Terms {
    fn new(list: &str) -> Self {
        let mut terms = Self::default();
        list.split_whitespace().for_each(|term| terms.add(term));
        terms
    }

    fn add(&mut self, name: &str) {
        let term = parts(name);
        if let Some(first) = term.first() {
            let slot = term.len().min(self.gate.len() - 1);
            self.gate[slot] |= 1 << (first % 32);
            self.terms.insert(term);
        }
    }

    fn has(&self, term: &[u8]) -> bool {
        let slot = term.len().min(self.gate.len() - 1);
        let known = |first: &u8| self.gate[slot] & 1 << (first % 32) != 0;
        term.first().is_some_and(known) && self.terms.contains(term)
    }

    fn has_end_of(&self, name: &[u8]) -> bool {
        let dots = name.iter().enumerate().filter(|(_, byte)| **byte == b'.');
        self.has(name)
            || dots
                .filter_map(|(at, _)| name.get(at + 1..))
                .any(|end| self.has(end))
    }
}

/// All lists, with the operator's own names.
#[derive(Debug)]
pub(super) struct Names {
    everywhere: Terms,
    attributes: Terms,
    whole: Terms,
    query: Terms,
    lines: Terms,
    plain: Terms,
    prefixes: Vec<Vec<u8>>,
}

impl Names {
    /// `more` are denied everywhere; one that ends in `.*` denies all names that begin so.
    pub(super) fn new(more: &[String]) -> Self {
        let mut everywhere = Terms::new(EVERYWHERE);
        let mut prefixes: Vec<Vec<u8>> = PREFIXES.iter().map(|name| prefix(name)).collect();
        for name in more {
            match name.strip_suffix(".*") {
                Some(name) => prefixes.push(prefix(name)),
                None => everywhere.add(name),
            }
        }
        Self {
            everywhere,
            attributes: Terms::new(ATTRIBUTES),
            whole: Terms::new(WHOLE),
            query: Terms::new(QUERY),
            lines: Terms::new(LINES),
            plain: Terms::new(PLAIN),
            prefixes,
        }
    }

    /// Whether an attribute of that name is denied whatever its value.
    pub(super) fn denies(&self, key: &str) -> bool {
        with_parts(key.as_bytes(), |name| {
            self.denies_parts(name) || self.whole.has(name)
        })
    }

    /// The same without the names that every log line has.
    pub(super) fn denies_field(&self, key: &str) -> bool {
        with_parts(key.as_bytes(), |name| self.denies_parts(name))
    }

    fn denies_parts(&self, name: &[u8]) -> bool {
        self.everywhere.has_end_of(name)
            || self.attributes.has_end_of(name)
            || self.prefixes.iter().any(|prefix| name.starts_with(prefix))
    }

    /// Whether `name=value` in a URL's query is denied.
    pub(super) fn denies_query(&self, name: &[u8]) -> bool {
        let denied = |name: &[u8]| self.query.has_end_of(name) || self.everywhere.has_end_of(name);
        with_parts(name, denied)
    }

    /// Whether `name=value` in text is denied.
    pub(super) fn denies_text(&self, name: &[u8]) -> bool {
        with_parts(name, |name| self.everywhere.has_end_of(name))
    }

    /// Whether the value goes to the end of the line.
    pub(super) fn is_line(&self, name: &[u8]) -> bool {
        with_parts(name, |name| self.lines.has_end_of(name))
    }

    /// Whether the value need not be quoted behind a colon.
    pub(super) fn is_plain(&self, name: &[u8]) -> bool {
        with_parts(name, |name| self.plain.has_end_of(name))
    }
}

/// Whether every value in the query of such an attribute goes.
pub(super) fn is_url(key: &str) -> bool {
    [
        attrs::URL_FULL,
        attrs::URL_QUERY,
        attrs::HTTP_URL,
        attrs::HTTP_TARGET,
    ]
    .contains(&key)
}

fn prefix(name: &str) -> Vec<u8> {
    let mut parts = parts(name);
    parts.push(b'.');
    parts
}

fn parts(name: &str) -> Vec<u8> {
    with_parts(name.as_bytes(), <[u8]>::to_vec)
}

/// The name in lower case with a `.` between its parts.
fn with_parts<R>(name: &[u8], use_parts: impl FnOnce(&[u8]) -> R) -> R {
    let mut buffer = [0; NAME_BYTES_MAX * 2];
    let tail = name.get(name.len().saturating_sub(NAME_BYTES_MAX)..);
    let (mut length, mut last) = (0, b'.');
    for byte in tail.unwrap_or_default() {
        let separates = byte.is_ascii() && !byte.is_ascii_alphanumeric();
        let hump = byte.is_ascii_uppercase() && last.is_ascii_lowercase();
        if (separates || hump) && last != b'.' {
            buffer[length] = b'.';
            length += 1;
        }
        last = if separates { b'.' } else { *byte };
        if !separates {
            buffer[length] = byte.to_ascii_lowercase();
            length += 1;
        }
    }
    let name = buffer.get(..length).unwrap_or_default();
    use_parts(name.strip_suffix(b".").unwrap_or(name))
}
