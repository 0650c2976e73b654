import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Status fields with other names") struct CustomStatusFieldTests {
    private static let fixtures: [EndpointFixture] = [
        .pending(#"{"lifecycle":"baking","note":"soon"}"#),
        .succeeded(#"{"lifecycle":"baked","note":"soon","cake":"https://example.com/cake.png"}"#),
    ]

    @Test func `an unknown status decoded as a failure is reported for every field name`() async throws {
        let error = await #expect(throws: ConformanceFailure.self) {
            try await EndpointConformance(
                Cake(toleratesUnknownStatus: false),
                ids: ["a", "b"],
                fixtures: Self.fixtures
            ).check()
        }
        #expect(error?.violations.map(\.rule) == [.unknownStatus])
        #expect(error?.description.contains("lifecycle") == true)
    }

    @Test func `strings that aren't a status may have any value`() async throws {
        try await EndpointConformance(Cake(toleratesUnknownStatus: true), ids: ["a", "b"], fixtures: Self.fixtures)
            .check()
    }
}

private struct Cake: FetchEndpoint, Hashable {
    let name: EndpointName = "bakery.cake"
    let provider: ProviderID = "bakery"
    let baseURL = URL(string: "https://bakery.example.com")!
    let method = RequestMethod.get
    let path: PathTemplate = "cakes/{id}"
    let authorization = Authorization.bearer
    let toleratesUnknownStatus: Bool

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        let body: JSONValue = try response.json()
        switch body["lifecycle"]?.string {
        case "baked"?: return .succeeded(body["cake"] ?? .null)
        case "baking"?: return .pending
        case nil: throw response.malformedResponseError("the response has no lifecycle")
        default: return toleratesUnknownStatus ? .pending : .failed(JobFailure())
        }
    }
}
