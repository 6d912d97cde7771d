//! As much of HTTP/1.1 (RFC 9112) as one page and one picture need.

/// Longest head of a request. Phones send about 1 KiB.
pub const MOST_HEAD_BYTES: usize = 8192;

/// What a client may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Head,
    Post,
}

/// What a client asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    pub method: Method,
    /// Without its query.
    pub path: &'a str,
}

/// A request that gets no answer but a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused(pub &'static str);

pub const BAD_REQUEST: &str = "400 Bad Request";
pub const NOT_FOUND: &str = "404 Not Found";
pub const NOT_ALLOWED: &str = "405 Method Not Allowed";
pub const TOO_SLOW: &str = "408 Request Timeout";
pub const GONE: &str = "410 Gone";
pub const TOO_LARGE: &str = "431 Request Header Fields Too Large";
pub const OK: &str = "200 OK";

/// Reads a request's head; `None` while it is not complete. Its fields and body say nothing that matters here.
pub fn parse(bytes: &[u8]) -> Option<Result<Request<'_>, Refused>> {
    let ends = |end: &[u8]| bytes.windows(end.len()).any(|window| window == end);
    if !ends(b"\r\n\r\n") && !ends(b"\n\n") {
        return (bytes.len() >= MOST_HEAD_BYTES).then_some(Err(Refused(TOO_LARGE)));
    }
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    Some(std::str::from_utf8(line).map_err(|_| Refused(BAD_REQUEST)).and_then(|line| first_line(line.trim_end())))
}

fn first_line(line: &str) -> Result<Request<'_>, Refused> {
    let mut words = line.split(' ');
    let (Some(method), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(Refused(BAD_REQUEST));
    };
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let method = match method {
        "GET" => Method::Get,
        "HEAD" => Method::Head,
        "POST" => Method::Post,
        _ => return Err(Refused(NOT_ALLOWED)),
    };
    if !path.starts_with('/') {
        return Err(Refused(BAD_REQUEST));
    }
    Ok(Request { method, path })
}

/// An answer's head. Nothing is kept by anyone on the way, found by search, or told to other pages.
pub fn head(status: &str, kind: &str, length: usize, policy: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\
         Cache-Control: no-store\r\nContent-Security-Policy: {policy}\r\nReferrer-Policy: no-referrer\r\n\
         X-Content-Type-Options: nosniff\r\nX-Robots-Tag: noindex\r\nAllow: GET, HEAD, POST\r\n\r\n"
    )
}
