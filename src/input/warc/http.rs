//! An HTTP response as a WARC record holds it → its content type and body, with the encodings of the transfer undone.

use std::borrow::Cow;
use std::io::Read;

use super::{Header, blank_line};
use crate::input::Limits;

/// The content type and the body; or why there is none to read.
pub(super) fn response(block: &[u8], limits: Limits) -> Result<(String, Cow<'_, [u8]>), String> {
    let head = blank_line(block);
    let head = head.ok_or("a WARC response without an HTTP header: not read")?;
    let header = Header::of(block.get(..head).unwrap_or_default());
    let status = status(block);
    if !(200..300).contains(&status) {
        return Err(format!("an HTTP response with status {status}: no page"));
    }
    let kind = header.get("content-type").unwrap_or_default().to_owned();
    let small = kind.to_ascii_lowercase();
    if [
        "image/",
        "video/",
        "audio/",
        "font/",
        "application/pdf",
        "application/zip",
    ]
    .iter()
    .any(|start| small.starts_with(start))
    {
        return Err(format!(
            "an HTTP response of type {kind}: only pages of text are read"
        ));
    }
    let mut body = Cow::Borrowed(block.get(head..).unwrap_or_default());
    if header
        .get("transfer-encoding")
        .is_some_and(|how| how.to_ascii_lowercase().contains("chunked"))
        && let Some(whole) = dechunked(&body)
    {
        body = Cow::Owned(whole);
    }
    let how = header
        .get("content-encoding")
        .unwrap_or_default()
        .to_ascii_lowercase();
    Ok((kind, unpacked(body, &how, limits)?))
}

/// The number behind the protocol; 0 where there is none.
fn status(block: &[u8]) -> u16 {
    let line = block
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let mut words = line.split(|byte| *byte == b' ');
    let number = words.nth(1).and_then(|word| std::str::from_utf8(word).ok());
    number
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(0)
}

/// The pieces of a chunked body joined; `None` for one that is not chunked: many crawlers undo it and keep the header.
fn dechunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = memchr::memchr(b'\n', rest)?;
        let line = std::str::from_utf8(rest.get(..end)?).ok()?;
        let digits = line.split(';').next()?.trim();
        let length = usize::from_str_radix(digits, 16).ok()?;
        rest = rest.get(end + 1..)?;
        if length == 0 {
            return Some(whole);
        }
        let piece = rest.get(..length.min(rest.len()))?;
        whole.extend_from_slice(piece);
        match rest.get(length..) {
            Some(behind) if !behind.is_empty() => {
                rest = behind
                    .strip_prefix(b"\r\n")
                    .or_else(|| behind.strip_prefix(b"\n"))?;
            }
            // cut short: what is there is kept
            _ => return Some(whole),
        }
        if rest.is_empty() {
            return Some(whole);
        }
    }
}

/// Undoes a content encoding, up to the limit of a record.
fn unpacked<'b>(body: Cow<'b, [u8]>, how: &str, limits: Limits) -> Result<Cow<'b, [u8]>, String> {
    let mut whole = Vec::new();
    let limit = limits.record + 1;
    // told from the bytes: many crawlers undo it and keep the header
    let result = match body.as_ref() {
        [0x1f, 0x8b, ..] => flate2::read::MultiGzDecoder::new(body.as_ref())
            .take(limit)
            .read_to_end(&mut whole),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => match zstd::stream::read::Decoder::new(body.as_ref()) {
            Ok(decoder) => decoder.take(limit).read_to_end(&mut whole),
            Err(error) => Err(error),
        },
        [0x78, 0x01 | 0x9c | 0xda | 0x5e, ..] if how == "deflate" => {
            flate2::read::ZlibDecoder::new(body.as_ref())
                .take(limit)
                .read_to_end(&mut whole)
        }
        other if how == "br" && std::str::from_utf8(other).is_err() => {
            return Err(
                "an HTTP response in Brotli encoding: not read; record it without".to_owned(),
            );
        }
        _ => return Ok(body),
    };
    if whole.len() as u64 >= limit {
        return Err(format!(
            "an HTTP response that unpacks to more than {} bytes was passed over; raise --max-record to read it",
            limits.record
        ));
    }
    match result {
        Err(error) if whole.is_empty() => Err(format!(
            "an HTTP response that cannot be unpacked ({error})"
        )),
        // cut short: what is there is kept
        _ => Ok(Cow::Owned(whole)),
    }
}
