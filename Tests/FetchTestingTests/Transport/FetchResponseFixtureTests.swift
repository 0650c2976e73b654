import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Response fixtures") struct FetchResponseFixtureTests {
    @Test func `a JSON fixture has a status, headers and a media type`() {
        let response = FetchResponse(json: #"{"detail": "too large"}"#, status: 422, headers: ["Retry-After": "3"])
        #expect(response.status == 422)
        #expect(response.body == Data(#"{"detail": "too large"}"#.utf8))
        #expect(response.headers["Retry-After"] == "3")
        #expect(response.headers["Content-Type"] == "application/json")
        let problem = FetchResponse(json: "{}", headers: ["Content-Type": "application/problem+json"])
        #expect(problem.headers.fields.map(\.value) == ["application/problem+json"])
    }

    @Test func `a file fixture is an artifact of its media type`() throws {
        let artifact = try Artifact(FetchResponse(file: "film", mediaType: "video/mp4"))
        #expect(artifact == Artifact(.data(Data("film".utf8)), mediaType: "video/mp4"))
    }
}
