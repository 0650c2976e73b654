import FetchCore
import FetchCurl
import Testing

@Suite("libcurl requirements")
struct LibraryTests {
    @Test func `the error about a missing library says what to install`() throws {
        let error = try failure(loading: ["libcurl-of-nowhere.so.4", "libcurl-of-nowhere.so.5"])
        #expect(error.message.contains("libcurl-of-nowhere.so.4 or libcurl-of-nowhere.so.5"))
        #expect(error.remedy?.contains("libcurl4") == true)
    }

    #if canImport(Glibc)
        @Test func `the error about a library without libcurl's functions names it`() throws {
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

    // 7.68 introduced curl_multi_wakeup and a curl_multi_poll that it can wake.
    @Test(arguments: [0x074300, 0x073D00, 0x071000] as [UInt32])
    func `a version before 7_68 is refused`(number: UInt32) throws {
        let version = CurlLibraryVersion(number: number, name: "7.67.0", hasTLS: true, hasHTTP2: true)
        let error = try #require(#expect(throws: FetchError.self) { try version.checkRequirements() })
        #expect(error.code == .transportUnavailable)
        #expect(error.message.contains("7.67.0"))
        #expect(error.remedy?.contains("7.68") == true)
    }

    @Test func `a build without TLS is refused`() throws {
        let version = CurlLibraryVersion(number: 0x080000, name: "8.0.0", hasTLS: false, hasHTTP2: true)
        let error = try #require(#expect(throws: FetchError.self) { try version.checkRequirements() })
        #expect(error.code == .transportUnavailable)
        #expect(error.message.contains("TLS"))
    }

    @Test func `a build without HTTP2 is accepted`() throws {
        let version = CurlLibraryVersion(number: 0x074400, name: "7.68.0", hasTLS: true, hasHTTP2: false)
        try version.checkRequirements()
    }
}
