import FetchCore
import Foundation
import ModelsLab
import TestSupport
import Testing

@Suite("Generation") struct GenerationTests {
    @Test func `the description is one line with id, outputs and time`() async throws {
        let picture = try await Interior.picture(fixture("success-picture", in: .module))
        let line = "Generation 67545: https://pub-example.r2.dev/generations/lighthouse-0.png, took 3.8 s"
        #expect(picture.description == line)
        #expect(String(reflecting: picture) == line)
        #expect("\([picture])" == "[\(line)]")
    }

    @Test func `the description omits missing values`() throws {
        #expect(Interior.Picture(outputs: []).description == "Generation: no output")
        let link = try #require(URL(string: "https://example.com/a.png"))
        #expect(Interior.Picture(outputs: [link, link]).description == "Generation: \(link), \(link)")
    }

    @Test func `the description of a hostile id is one short line`() {
        let picture = Interior.Picture(id: "5\n\u{1B}[31m" + String(repeating: "6", count: 1_000), outputs: [])
        #expect(!picture.description.unicodeScalars.contains { $0.properties.generalCategory == .control })
        #expect(picture.description.count < 120)
        #expect(Interior.Picture(id: "5\u{202E}6\u{2028}7", outputs: []).description == "Generation 5 6 7: no output")
    }

    @Test(arguments: ["?X-Amz-Signature=0a1b2c", "#token=0a1b2c"])
    func `the description omits queries and fragments of URLs`(suffix: String) throws {
        let link = try #require(URL(string: "https://example.com/a.png" + suffix))
        let picture = Interior.Picture(id: "5", outputs: [link])
        #expect(picture.description == "Generation 5: https://example.com/a.png?…")
        #expect(picture.outputArtifacts.first?.url == link)
    }

    @Test(
        arguments: [
            ("a.mp4", "video/mp4"), ("a.MP4", "video/mp4"), ("a.png.png", "image/png"), ("a.jpg", "image/jpeg"),
            ("a.jpeg", "image/jpeg"), ("a.webp", "image/webp"), ("a.gif", "image/gif"), ("a.wav", "audio/wav"),
            ("a.mp3", "audio/mpeg"), ("a.glb", "model/gltf-binary"), ("a.obj", "model/obj"), ("a.txt", "text/plain"),
            ("a.mp4?X-Amz-Signature=b.png", "video/mp4"), ("a.base64", nil), ("a", nil), ("", nil), ("mp4", nil),
        ] as [(String, String?)]
    )
    func `the media type is derived from the file extension`(file: String, mediaType: String?) throws {
        let link = try #require(URL(string: "https://cdn.example.com//generations/" + file))
        #expect(Interior.Picture(outputs: [link]).outputArtifacts == [Artifact(.url(link), mediaType: mediaType)])
    }

    @Test func `unknown fields are kept`() async throws {
        let picture = try await Interior.picture(fixture("success-picture", in: .module))
        #expect(picture.fields["nsfw_content_detected"] == false)
        #expect(picture.fields["webhook_status"] == "")
        let voice = try await Interior.picture(fixture("success-voice", in: .module))
        #expect(voice.fields["audio_time"] == 31.5)
        #expect(voice.fields["links"] == ["https://cdn.example.com/audio/song.wav"])
    }
}
