import FetchCore
import FetchManifest
import FetchTesting
import Testing

@Suite("Manifest rules for the HTTP status") struct ManifestHTTPStatusTests {
    private let status: JSONValue = [
        ["at": "code", "rateLimited": [1302], "otherwise": "badRequest"],
        ["at": "$http.status", "pending": [202], "expired": [410], "otherwise": "next"],
        ["at": "status", "succeeded": ["done"], "absent": "pending"],
    ]

    @Test(arguments: [(202, "{}"), (202, ""), (202, "<html>"), (200, "{}")])
    func `a listed HTTP status needs no body`(status: Int, body: String) async throws {
        let rule: JSONValue = ["at": "$http.status", "pending": [202], "succeeded": [204]]
        let state = try? await ManifestHarness.state(["status": rule], body, status: status)
        #expect((state?.progress != nil) == (status == 202 || body == "{}"))
    }

    @Test func `rules before the HTTP status see every response, but outside of 2xx only their listed values apply`()
        async throws
    {
        func state(_ body: String, _ http: Int) async throws -> FetchState<any FetchOutput> {
            try await ManifestHarness.state(["status": status], body, status: http)
        }
        #expect(try await state(#"{"status": "done"}"#, 200).artifacts == [])
        #expect(try await state(#"{"x": 1}"#, 410).failure == JobFailure(.expired))
        #expect(try await state("{}", 200).progress != nil)
        for (body, http, code) in [
            (#"{"code": 1302}"#, 400, FetchError.Code.rateLimited), (#"{"code": 7}"#, 500, .serverError),
            (#"{"code": 7}"#, 200, .badRequest), ("<html>", 404, .jobNotFound), ("{}", 401, .unauthorized),
        ] {
            let error = await #expect(throws: FetchError.self) { try await state(body, http) }
            #expect(error?.code == code, "\(body) \(http)")
        }
    }
}
