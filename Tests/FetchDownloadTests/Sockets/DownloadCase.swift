import FetchCore
import FetchCurl
import FetchDownload
import Foundation
import Testing

/// A row of a table: the responses of a server, and the result of a download from it.
struct DownloadCase: Sendable, CustomTestStringConvertible {
    /// The result of a download.
    enum Expectation: Sendable {
        /// The file has exactly these bytes.
        case file([UInt8])
        /// There is no file.
        case failure(FetchError.Code)
    }

    let name: String
    let expectation: Expectation
    /// The number of requests.
    let requests: Int
    var configuration = Downloads.Configuration(
        addresses: .any,
        plainHTTPHosts: ["127.0.0.1", "localhost"],
        isDurable: false
    )
    /// True if a part may stay beside a file that isn't there, for the next download.
    var leavesPart = false
    var path = "/a.png"
    /// The name of the file, which promises what it is.
    var fileName = "a.png"
    let respond: @Sendable (ReceivedRequest, Int) -> WireResponse

    init(
        _ name: String,
        _ expectation: Expectation,
        requests: Int,
        _ respond: @escaping @Sendable (ReceivedRequest, Int) -> WireResponse
    ) {
        (self.name, self.expectation, self.requests, self.respond) = (name, expectation, requests, respond)
    }

    var testDescription: String { name }

    /// Returns the same case with other values.
    func with(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }

    /// Downloads the file over curl, and compares the result with the expectation.
    func run() async throws {
        let folder = try TemporaryFolder()
        let server = try ResponsePeer(respond)
        let downloads = Downloads(
            transport: try CurlTransport(),
            configuration: configuration,
            // Without jitter, the pauses are at their shortest, which is over at once.
            environment: FetchClient.Environment(clock: ImpatientClock(), random: { 0 })
        )
        let result: Result<SavedFile, FetchError>
        do {
            result = .success(
                try await downloads.save(Artifact(link: server.url(path)), as: .named(fileName), in: folder.url)
            )
        } catch let error as FetchError {
            result = .failure(error)
        }
        switch (expectation, result) {
        case (.file(let bytes), .success):
            #expect(folder.names == [fileName])
            #expect(folder.bytes(of: fileName) == bytes)
        case (.failure(let code), .failure(let error)):
            #expect(error.code == code, "\(error)")
            #expect(folder.names.filter { !leavesPart || !$0.hasPrefix(".") } == [])
        case (_, .success(let file)): Issue.record("\(file) was saved.")
        case (_, .failure(let error)): Issue.record("The file wasn't saved: \(error)")
        }
        #expect(server.requests.count == requests)
    }
}
