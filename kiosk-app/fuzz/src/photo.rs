//! What a phone sends to the photo's web server.

use carmine_kiosk::take_home::photo::request::{MOST_HEAD_BYTES, Method, Refused, parse};

/// A request's head: an answer to a beginning is final, and a path is plain.
pub fn photo_request(data: &[u8]) {
    let answer = parse(data);
    match answer {
        None => assert!(data.len() < MOST_HEAD_BYTES, "a head without an end is refused at some length"),
        Some(Err(Refused(status))) => assert!(status.starts_with('4')),
        Some(Ok(request)) => {
            assert!(request.path.starts_with('/') && !request.path.contains([' ', '\n', '?', '#']));
            let method = match request.method {
                Method::Get => "GET",
                Method::Head => "HEAD",
                Method::Post => "POST",
            };
            assert_eq!(parse(format!("{method} {} HTTP/1.1\r\n\r\n", request.path).as_bytes()), answer);
        }
    }
    if data.len() < MOST_HEAD_BYTES && answer.is_some() {
        let more = [data, b"Host: kiosk\r\n\r\n"].concat();
        assert_eq!(parse(&more), answer, "what follows a whole head changes nothing");
    }
}
