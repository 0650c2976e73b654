import FetchCore
import FetchCurl
import Testing

@Suite("Text of header fields") struct HeaderTextTests {
    private func value(_ bytes: [UInt8]) -> String? {
        let start = Array("HTTP/1.1 200 caf".utf8) + [0xE9] + Array("\r\nX-Name: ".utf8)
        return HeaderFields(head: start + bytes + Array("\r\n\r\n".utf8))["X-Name"]
    }

    @Test func `UTF-8 is read as UTF-8`() {
        #expect(value(Array("café 東京".utf8)) == "café 東京")
    }

    @Test func `bytes that aren't UTF-8 are read as Latin-1`() {
        #expect(value(Array("caf".utf8) + [0xE9]) == "café")
        #expect(value([0xFC, 0xDF, 0xFF]) == "üßÿ")
    }

    @Test func `every byte of Latin-1 becomes one scalar`() throws {
        // Without the control characters, which end or fold a line.
        let bytes = [0xFF] + Array(UInt8(0x21)...0xFE)
        #expect(try #require(value(bytes)).unicodeScalars.map(\.value) == bytes.map(UInt32.init))
    }
}
