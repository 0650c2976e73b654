import FetchCore
import FetchDownload
import Foundation
import TestSupport
import Testing

@Suite("Structure of files") struct StructureCheckTests {
    private func verdict(_ bytes: some Sequence<UInt8>, _ format: FileFormat) throws -> StructureVerdict {
        try StructureCheck.verdict(on: BytesInMemory(bytes), as: format)
    }

    @Test(arguments: SampleFiles.all)
    func `a file is whole, and none of its beginnings is`(name: String, format: FileFormat, bytes: [UInt8]) throws {
        #expect(ContentSniffer.format(of: bytes) == format)
        #expect(try verdict(bytes, format) == .whole)
        var truncated = 0
        for length in 0..<bytes.count {
            let verdict = try verdict(bytes.prefix(length), format)
            #expect(verdict != .whole, "\(name) cut to \(length) of \(bytes.count) bytes")
            if case .truncated = verdict { truncated += 1 }
        }
        // Most cuts are found, not just left undecided. In an archive within an archive, some are.
        #expect(truncated * 3 >= bytes.count, "\(truncated) of \(bytes.count)")
    }

    @Test(arguments: SampleFiles.all)
    func `a file with further bytes is never truncated, and never whole`(
        name: String,
        format: FileFormat,
        bytes: [UInt8]
    ) throws {
        for tail: [UInt8] in [[0], [0, 0, 0, 0], [10], Array("trailing text".utf8)]
        where format.mediaType.hasPrefix("image/") {
            let verdict = try verdict(bytes + tail, format)
            if format == .avif { #expect(verdict != .whole) } else { #expect(verdict == .unknown, "\(name)") }
        }
        #expect(try verdict(bytes + bytes, format) != .whole)
    }

    @Test(arguments: SampleFiles.all)
    func `a changed byte does no harm`(name: String, format: FileFormat, bytes: [UInt8]) throws {
        for index in bytes.indices {
            for value: UInt8 in [0, 1, 0x7F, 0xFF] {
                var changed = bytes
                changed[index] = value
                _ = try verdict(changed, format)
            }
        }
    }

    @Test func `random bytes behind a signature are read without harm`() throws {
        var random = SplitMix64(seed: 7)
        for (_, format, bytes) in SampleFiles.all {
            for _ in 0..<300 {
                let start = Int.random(in: 0...bytes.count, using: &random)
                let tail = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                    [0, 0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random)
                        ?? 0
                }
                _ = try verdict(bytes.prefix(start) + tail, format)
            }
        }
    }

    @Test func `encoders that write to a pipe state no length`() throws {
        for size: UInt32 in [0, .max, 0x7FFF_FFFF, 0x7FFF_F024] {
            let wav = Array("RIFF".utf8) + SampleFiles.little(size) + SampleFiles.wav.dropFirst(8)
            #expect(try verdict(wav, .wav) == .unknown)
        }
        let open =
            SampleFiles.fileType("isom") + SampleFiles.movie(chunks: [0]) + SampleFiles.big(0) + Array("mdat12".utf8)
        #expect(try verdict(open, .mp4) == .unknown)
    }

    @Test func `fragments and initialisation segments aren't truncated`() throws {
        let start = SampleFiles.fileType("iso5") + SampleFiles.box("moov", SampleFiles.box("mvex", []))
        #expect(try verdict(start, .mp4) == .unknown)
        let fragment = SampleFiles.box("moof", [1]) + SampleFiles.box("mdat", [1])
        #expect(try verdict(start + fragment + fragment, .mp4) == .unknown)
        #expect(try verdict(SampleFiles.fileType("iso5") + fragment, .mp4) == .unknown)
    }

    @Test func `a movie that refers to data behind the end isn't whole`() throws {
        let media = SampleFiles.box("mdat", [1, 2, 3])
        let file = SampleFiles.fileType("isom") + media + SampleFiles.movie(chunks: [40, 4_000]) + media
        #expect(try verdict(file, .mp4) == .unknown)
    }

    @Test func `a film that was cut before its movie box is truncated`() throws {
        let file = SampleFiles.fileType("isom") + SampleFiles.box("mdat", [1, 2, 3])
        #expect(try verdict(file, .mp4) == .truncated("it ends before its moov box"))
    }

    @Test(arguments: [.max, .max - 8, .max - 23, 1 << 63, 15, 8, 0, 7] as [UInt64])
    func `extreme sizes of boxes end the check`(size: UInt64) throws {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: size >> (56 - 8 * $0)) }
        let file = SampleFiles.fileType("isom") + SampleFiles.big(1) + Array("mdat".utf8) + bytes + [1, 2, 3]
        #expect(try verdict(file, .mp4) != .whole)
        let nested = SampleFiles.box("moov", SampleFiles.big(1) + Array("trak".utf8) + bytes)
        #expect(try verdict(SampleFiles.fileType("isom") + SampleFiles.box("mdat", [1]) + nested, .mp4) == .unknown)
        let table = SampleFiles.box("stco", SampleFiles.big(0) + SampleFiles.big(.max))
        let movie = SampleFiles.box("moov", SampleFiles.box("trak", table))
        #expect(try verdict(SampleFiles.fileType("isom") + SampleFiles.box("mdat", [1]) + movie, .mp4) == .unknown)
    }

    @Test func `deep nesting and a million tiny boxes end the check`() throws {
        var nested: [UInt8] = []
        for _ in 0..<2_000 { nested = SampleFiles.box("trak", nested) }
        let deep = SampleFiles.fileType("isom") + SampleFiles.box("mdat", [1]) + SampleFiles.box("moov", nested)
        #expect(try verdict(deep, .mp4) == .unknown)
        let tiny = [[UInt8]](repeating: SampleFiles.box("free", []), count: 1_000_000).flatMap(\.self)
        #expect(try verdict(SampleFiles.fileType("isom") + tiny, .mp4) == .unknown)
    }

    @Test func `an archive whose directory isn't where its record says isn't whole`() throws {
        var bytes = SampleFiles.zip()
        bytes.insert(0, at: 0)
        #expect(try verdict(bytes, .zip) == .unknown)
        let comment = SampleFiles.zip(comment: String(repeating: "PK\u{5}\u{6}", count: 20))
        #expect(try verdict(comment, .zip) == .whole)
    }

    @Test func `structures across the window's border are read`() throws {
        let data = [UInt8](repeating: 0xFF, count: 65_530)
        let png = SampleFiles.chunked([
            ("IHDR", .init(repeating: 0, count: 13)), ("IDAT", data), ("IDAT", data), ("IEND", []),
        ])
        #expect(try verdict(png, .png) == .whole)
        for length in [65_536, 65_537, 131_072, png.count - 1] {
            #expect(try verdict(png.prefix(length), .png) == .truncated("it ends within a chunk"))
        }
        // The last marker lies across the border of the first 64 KiB.
        let start = Array(SampleFiles.jpeg.dropLast(2))
        let jpeg = start + [UInt8](repeating: 7, count: 65_535 - start.count) + [0xFF, 0xD9]
        #expect(try verdict(jpeg, .jpeg) == .whole)
        #expect(try verdict(jpeg.dropLast(), .jpeg) == .truncated("it ends before its EOI marker"))
    }

    @Test func `formats without an end of their own are unknown`() throws {
        for format in FileFormat.allCases
        where !SampleFiles.all.contains(where: { $0.1 == format }) && format != .heic && format != .audioMP4 {
            #expect(try verdict(Array("anything".utf8), format) == .unknown)
        }
    }
}
