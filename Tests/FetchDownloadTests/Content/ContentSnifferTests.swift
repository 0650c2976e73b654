import FetchCore
import FetchDownload
import Testing

@Suite("Formats by the first bytes") struct ContentSnifferTests {
    private static let signatures: [([UInt8], FileFormat?)] = [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png), ([0x89, 0x50, 0x4E, 0x47], nil),
        ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg), ([0xFF, 0xD8], nil), (Array("GIF87a".utf8), .gif),
        (Array("GIF89a".utf8), .gif),
        (Array("RIFF....WEBPVP8 ".utf8), .webp), (Array("RIFF....WAVEfmt ".utf8), .wav),
        (Array("RIFF\u{1}\u{2}\u{3}\u{4}AVI ".utf8), nil),
        ([0, 0, 0, 0x1C] + Array("ftypavif".utf8) + [0, 0, 0, 0] + Array("mif1miaf".utf8), .avif),
        ([0, 0, 0, 0x18] + Array("ftypmif1".utf8) + [0, 0, 0, 0] + Array("avifmiaf".utf8), .avif),
        ([0, 0, 0, 0x18] + Array("ftypmif1".utf8) + [0, 0, 0, 0] + Array("heicmiaf".utf8), .heic),
        ([0, 0, 0, 0x18] + Array("ftypheic".utf8) + [0, 0, 0, 0], .heic),
        ([0, 0, 0, 0x18] + Array("ftypisom".utf8) + [0, 0, 2, 0], .mp4),
        ([0, 0, 0, 0x18] + Array("ftypqt  ".utf8) + [0, 0, 2, 0], .quickTime),
        ([0, 0, 0, 0x18] + Array("ftypM4A ".utf8) + [0, 0, 2, 0], .audioMP4),
        ([0xFF, 0xFF, 0xFF, 0xFF] + Array("ftypmp42".utf8), .mp4), ([0, 0, 0, 8] + Array("wide....".utf8), .quickTime),
        ([0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x84] + Array("webm".utf8), .webm),
        ([0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x88] + Array("matroska".utf8), .matroska),
        (Array("ID3".utf8) + [4, 0, 0], .mp3), ([0xFF, 0xFB, 0x90, 0x64], .mp3), ([0xFF, 0xF3, 0x40, 0xC0], .mp3),
        ([0xFF, 0xF1, 0x50, 0x80], .aac), ([0xFF, 0xFF, 0xFF, 0xFF], nil), (Array("OggS".utf8) + [0], .ogg),
        (Array("fLaC".utf8) + [0], .flac), (Array("glTF".utf8) + [2, 0, 0, 0], .glb),
        (Array("PK".utf8) + [3, 4, 20, 0], .zip), (Array("PK".utf8) + [5, 6, 0, 0], .zip), (Array("PKCS".utf8), .text),
        ([0x1F, 0x8B, 8, 0], .gzip), (Array("%PDF-1.7".utf8), .pdf), ([0x49, 0x49, 0x2A, 0], .tiff),
        ([], nil), ([0], nil), ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], nil), ([0x4D, 0x5A, 0x90, 0], nil),
        ([0xFF, 0xFE, 0x41, 0], .text), ([0xEF, 0xBB, 0xBF] + Array("<!DOCTYPE html>".utf8), .html),
        ([0xC3, 0x28], nil),
    ]

    @Test(arguments: signatures)
    func `binary formats are recognised by their signature`(bytes: [UInt8], format: FileFormat?) {
        #expect(ContentSniffer.format(of: bytes) == format)
    }

    @Test(
        arguments: [
            ("<!DOCTYPE html><html>", .html), ("\n\t <HTML>", .html), ("<html lang='en'>", .html), ("<head>", .html),
            ("<body>Not found", .html), ("<h1>403 Forbidden</h1>", .html), ("<!-- a -->\n<html>", .html),
            ("<a>", .html),
            ("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code>", .xml), ("<Error><Code>x", .xml),
            ("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC", .html), ("<svg xmlns=\"x\">", .svg),
            ("<?xml version=\"1.0\"?>\n<svg>", .svg), ("<!-- made by x --><svg>", .svg), ("<table1>", .xml),
            ("< 3 is a heart", .text), ("{\"detail\":\"Not found\"}", .json), ("  [1, 2]", .json),
            ("data:image/png;base64,iVBORw0KGgo=", .base64), ("data: the data", .text), ("Not Found", .text),
            ("   \n", .text),
            (
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
                .base64
            ),
            ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", .text),
            ("iVBORw0KGgo", .text), ("1\n00:00:01,000 --> 00:00:02,000\nHello", .text),
            ("v 0.0 1.0 2.0\nv 1 2 3", .text),
            ("héllo wörld", .text), ("a\u{0}b", nil), ("WEBVTT\n", .text), ("\u{1}\u{2}abc", nil),
        ] as [(String, FileFormat?)]
    )
    func `texts are told apart`(text: String, format: FileFormat?) {
        #expect(ContentSniffer.format(of: text.utf8) == format)
    }

    @Test func `plain text whose last character is cut is plain text if more follows`() {
        let bytes = Array(String(repeating: "é", count: 10).utf8.dropLast())
        #expect(ContentSniffer.format(of: bytes) == .text)
        #expect(ContentSniffer.format(of: bytes, isWhole: true) == nil)
        let long = Array(("a" + String(repeating: "é", count: 300)).utf8)
        #expect(ContentSniffer.format(of: long, isWhole: true) == .text)
    }

    @Test func `only the first 512 bytes count`() {
        #expect(ContentSniffer.format(of: Array(repeating: UInt8(ascii: "a"), count: 512) + [0, 0]) == .text)
    }

    @Test(
        arguments: [
            ("image/png", .html, .substitute), ("image/png; charset=x", .xml, .substitute),
            ("VIDEO/MP4", .json, .substitute),
            ("audio/mpeg", .text, .substitute), ("model/gltf-binary", .json, .substitute),
            ("application/zip", .html, .substitute),
            ("image/png", .base64, .encoded), ("image/png", .jpeg, .plausible), ("image/png", .mp4, .plausible),
            ("image/png", nil, .plausible), (nil, .html, .plausible), ("text/html", .html, .plausible),
            ("application/json", .html, .plausible), ("application/octet-stream", .html, .plausible),
            ("image/svg+xml", .svg, .plausible), ("image/svg+xml", .xml, .plausible),
            ("model/gltf+json", .json, .plausible),
            ("model/obj", .text, .plausible), ("audio/mpegurl", .text, .plausible), ("text/plain", .base64, .plausible),
            ("", .html, .plausible), ("image", .html, .plausible), ("image/png", .svg, .substitute),
        ] as [(String?, FileFormat?, PromisedContent.Comparison)]
    )
    func `a page or a message in place of a file is a substitute`(
        mediaType: String?,
        format: FileFormat?,
        expected: PromisedContent.Comparison
    ) {
        #expect(PromisedContent(mediaType: mediaType).comparison(with: format) == expected)
    }
}
