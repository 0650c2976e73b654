import FetchCore
import FetchTesting
import Foundation

/// An output of the simulation: a picture with one pixel and a long comment, so that its download takes a second.
enum SimulatedFile {
    /// The response with the picture, of which 20 kB are sent at a time.
    static var response: LoopbackResponse {
        let response = FetchResponse(status: 200, headers: ["Content-Type": "image/gif"], body: picture)
        return .fault(.slowBody(bytes: 20_000, every: .milliseconds(50)), in: .response(response))
    }

    /// A GIF file of about 400 kB: header and colours, comment, image, end.
    private static let picture: Data = {
        var bytes = Data("GIF89a".utf8)
        bytes += [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]
        bytes += [0x21, 0xFE]
        for _ in 0..<1_600 { bytes += [255] + [UInt8](repeating: 32, count: 255) }
        bytes += [0]
        bytes += [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 1, 0, 0x3B]
        return bytes
    }()
}
