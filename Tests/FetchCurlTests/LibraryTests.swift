import FetchCore
import FetchCurl
import Testing

@Suite("Libraries that the transport can't work with")
struct LibraryTests {
    @Test func `one that isn't there is an error that says what to install`() throws {
        let error = try failure(loading: ["libcurl-of-nowhere.so.4", "libcurl-of-nowhere.so.5"])
        #expect(error.message.contains("libcurl-of-nowhere.so.4 or libcurl-of-nowhere.so.5"))
        #expect(error.remedy?.contains("libcurl4") == true)
    }

    #if canImport(Glibc)
        @Test func `one without libcurl's functions is named`() throws {
            let error = try failure(loading: ["libc.so.6"])
            #expect(error.message.contains("libc.so.6"))
            #expect(error.remedy?.contains("7.68") == true)
        }
    #endif

    private func failure(loading names: [String]) throws -> FetchError {
        let error = try #require(
            #expect(throws: FetchError.self) { try CurlTransport(libraries: names) { _ in [] } }
        )
        #expect(error.code == .transportUnavailable)
        #expect(!error.isRetryable)
        return error
    }

    // curl_multi_wakeup and a curl_multi_poll that it wakes came with 7.68.
    @Test(arguments: [0x074300, 0x073D00, 0x071000] as [UInt32])
    func `one before 7_68 is too old`(number: UInt32) throws {
        let version = CurlLibraryVersion(number: number, text: "7.67.0", hasTLS: true, hasHTTP2: true)
        let error = try #require(#expect(throws: FetchError.self) { try version.checkRequirements() })
        #expect(error.code == .transportUnavailable)
        #expect(error.message.contains("7.67.0"))
        #expect(error.remedy?.contains("7.68") == true)
    }

    @Test func `one without TLS is refused`() throws {
        let version = CurlLibraryVersion(number: 0x080000, text: "8.0.0", hasTLS: false, hasHTTP2: true)
        let error = try #require(#expect(throws: FetchError.self) { try version.checkRequirements() })
        #expect(error.code == .transportUnavailable)
        #expect(error.message.contains("TLS"))
    }

    @Test func `one without HTTP2 will do`() throws {
        let version = CurlLibraryVersion(number: 0x074400, text: "7.68.0", hasTLS: true, hasHTTP2: false)
        try version.checkRequirements()
    }
}
