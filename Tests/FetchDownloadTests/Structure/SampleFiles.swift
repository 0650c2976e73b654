import FetchDownload

/// Small well-formed files of each format whose structure is checked, as minimal encoders write them.
enum SampleFiles {
    static let all: [(String, FileFormat, [UInt8])] = [
        ("png", .png, png), ("png with metadata", .png, pngWithMetadata), ("jpeg", .jpeg, jpeg),
        ("progressive jpeg with thumbnail", .jpeg, progressiveJPEG), ("gif", .gif, gif),
        ("animated gif", .gif, animatedGIF), ("webp", .webp, webP), ("wav", .wav, wav), ("mp4", .mp4, mp4),
        ("mp4 with the movie first", .mp4, fastStartMP4), ("mp4 with large boxes", .mp4, largeBoxMP4),
        ("quicktime", .quickTime, quickTime), ("avif", .avif, avif), ("glb", .glb, glb), ("zip", .zip, zip()),
        ("zip with a comment", .zip, zip(comment: "PK\u{5}\u{6} comment")), ("empty zip", .zip, zip(entries: [])),
        ("zip that holds a zip", .zip, zip(entries: [zip(), Array("tail".utf8)])), ("zip64", .zip, zip64),
    ]

    // MARK: PNG

    static let png = chunked([("IHDR", ihdr), ("IDAT", Array(0..<40)), ("IEND", [])])

    static let pngWithMetadata = chunked([
        ("IHDR", ihdr), ("tEXt", Array("Comment IEND".utf8)), ("IDAT", [1]), ("IDAT", [2]), ("tIME", [1, 2]),
        ("IEND", []),
    ])

    private static let ihdr: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]

    static func chunked(_ chunks: [(String, [UInt8])]) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunks.flatMap { type, data in
                let content = Array(type.utf8) + data
                return big(UInt32(data.count)) + content + big(crc32(content))
            }
    }

    // MARK: JPEG

    static let jpeg =
        [0xFF, 0xD8] + segment(0xE0, Array("JFIF".utf8)) + segment(0xDB, [1, 2, 3]) + segment(0xC0, [8, 0, 1, 0, 1])
        + segment(0xDA, [1, 0]) + [1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4, 0xFF, 0xFF, 0, 5, 0xFF, 0xD9]

    /// A thumbnail within a segment, several scans, and fill bytes in front of a marker.
    static let progressiveJPEG =
        [0xFF, 0xD8] + segment(0xE1, Array("Exif".utf8) + jpeg) + segment(0xC2, [8, 0, 1, 0, 1])
        + segment(0xDA, [1, 0]) + [1, 2] + [0xFF, 0xFF] + segment(0xC4, [0]) + segment(0xDA, [1, 1]) + [9, 0xFF, 0xD9]

    private static func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
        [0xFF, marker, UInt8((data.count + 2) >> 8), UInt8((data.count + 2) & 0xFF)] + data
    }

    // MARK: GIF

    static let gif = Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255] + gifImage + [0x3B]

    static let animatedGIF =
        Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0]
        + [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0] + [0x21, 0xF9, 4, 0, 0, 0, 0, 0]
        + [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0x81] + [UInt8](repeating: 7, count: 12) + [2, 2, 0x4C, 1, 1, 0x3B, 0]
        + gifImage + [0x3B]

    private static let gifImage: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 1, 0]

    // MARK: RIFF and glTF

    static let webP = riff("WEBP", Array("VP8L".utf8) + little(4) + [0x2F, 0, 0, 0])

    static let wav =
        riff(
            "WAVE",
            Array("fmt ".utf8) + little(16) + [UInt8](repeating: 1, count: 16) + Array("data".utf8) + little(8)
                + [1, 2, 3, 4, 5, 6, 7, 8]
        )

    static func riff(_ form: String, _ chunks: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + little(UInt32(4 + chunks.count)) + Array(form.utf8) + chunks
    }

    static let glb: [UInt8] = {
        let json = Array("{\"asset\":{\"version\":\"2.0\"}} ".utf8)
        return Array("glTF".utf8) + little(2) + little(UInt32(20 + json.count)) + little(UInt32(json.count))
            + Array("JSON".utf8) + json
    }()

    // MARK: Boxes

    static let mp4 = fileType("isom") + box("free", []) + box("mdat", [1, 2, 3, 4]) + movie(chunks: [40])

    static let fastStartMP4 = fileType("mp42") + movie(chunks: [200]) + box("free", [0, 0]) + box("mdat", samples)

    static let largeBoxMP4 = fileType("isom") + largeBox("mdat", [1, 2, 3, 4]) + movie(chunks: [40, 41], large: true)

    static let quickTime = fileType("qt  ") + box("wide", []) + box("mdat", [5]) + movie(chunks: [36])

    static let avif = fileType("avif") + box("meta", [0, 0, 0, 0] + box("hdlr", [1, 2])) + box("mdat", [1, 2, 3])

    private static let samples = [UInt8](repeating: 3, count: 100)

    static func fileType(_ brand: String) -> [UInt8] {
        box("ftyp", Array(brand.utf8) + [0, 0, 0, 0] + Array("mp41".utf8))
    }

    static func movie(chunks: [UInt32], large: Bool = false) -> [UInt8] {
        let offsets = chunks.flatMap { large ? big(0) + big($0) : big($0) }
        let table = box(large ? "co64" : "stco", big(0) + big(UInt32(chunks.count)) + offsets)
        let information = box("minf", box("vmhd", big(1)) + box("stbl", box("stsd", big(0)) + table))
        return box(
            "moov",
            box("mvhd", big(0)) + box("trak", box("tkhd", []) + box("mdia", information)) + box("udta", [1])
        )
    }

    static func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
        big(UInt32(8 + content.count)) + Array(type.utf8) + content
    }

    static func largeBox(_ type: String, _ content: [UInt8]) -> [UInt8] {
        big(1) + Array(type.utf8) + big(0) + big(UInt32(16 + content.count)) + content
    }

    // MARK: ZIP

    static func zip(entries: [[UInt8]] = [[1, 2, 3], [4]], comment: String = "") -> [UInt8] {
        let (files, directory) = zipParts(entries)
        return files + directory + endRecord(entries.count, directory.count, files.count, comment)
    }

    static let zip64: [UInt8] = {
        let (files, directory) = zipParts([[1, 2, 3]])
        let record64 =
            Array("PK\u{6}\u{6}".utf8) + little(44) + little(0) + [45, 0, 45, 0] + little(0) + little(0)
            + little(1) + little(0) + little(1) + little(0) + little(UInt32(directory.count)) + little(0)
            + little(UInt32(files.count)) + little(0)
        let locator =
            Array("PK\u{6}\u{7}".utf8) + little(0) + little(UInt32(files.count + directory.count)) + little(0)
            + little(1)
        let end =
            Array("PK\u{5}\u{6}".utf8) + little(0) + [0xFF, 0xFF, 0xFF, 0xFF] + little(.max) + little(.max) + [0, 0]
        return files + directory + record64 + locator + end
    }()

    private static func zipParts(_ entries: [[UInt8]]) -> (files: [UInt8], directory: [UInt8]) {
        var (files, directory): ([UInt8], [UInt8]) = ([], [])
        for (index, data) in entries.enumerated() {
            let name = Array("f\(index)".utf8)
            let common =
                [20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + little(crc32(data)) + little(UInt32(data.count))
                + little(UInt32(data.count)) + [UInt8(name.count), 0, 0, 0]
            directory +=
                Array("PK\u{1}\u{2}".utf8) + [20, 0] + common + [0, 0, 0, 0, 0, 0] + little(0)
                + little(UInt32(files.count)) + name
            files += Array("PK\u{3}\u{4}".utf8) + common + name + data
        }
        return (files, directory)
    }

    private static func endRecord(_ count: Int, _ size: Int, _ start: Int, _ comment: String) -> [UInt8] {
        let counts = [UInt8(count), 0, UInt8(count), 0]
        let length = [UInt8(comment.utf8.count), 0]
        return Array("PK\u{5}\u{6}".utf8) + little(0) + counts + little(UInt32(size)) + little(UInt32(start)) + length
            + Array(comment.utf8)
    }

    // MARK: Numbers

    static func big(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }

    static func little(_ value: UInt32) -> [UInt8] { big(value).reversed() }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var value = UInt32.max
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320 }
        }
        return ~value
    }
}
