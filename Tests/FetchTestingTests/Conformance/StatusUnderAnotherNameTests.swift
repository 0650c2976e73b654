import FetchCore
import FetchTesting
import Foundation
import Testing

/// A status that isn't called one.
@Suite struct StatusUnderAnotherNameTests {
    private static let fixtures: [EndpointFixture] = [
        .pending(#"{"lifecycle":"baking","note":"soon"}"#),
        .succeeded(#"{"lifecycle":"baked","note":"soon","cake":"https://example.com/cake.png"}"#),
    ]

    @Test func `An unknown word taken for a failure is found whatever the field is called`() async throws {
        let error = await #expect(throws: ConformanceFailure.self) {
            try await EndpointConformance(Cake(isCareful: false), ids: ["a", "b"], fixtures: Self.fixtures).check()
        }
        #expect(error?.violations.map(\.rule) == [.unknownStatus])
        #expect(error?.description.contains("lifecycle") == true)
    }

    @Test func `Texts that are no status may be any word`() async throws {
        try await EndpointConformance(Cake(isCareful: true), ids: ["a", "b"], fixtures: Self.fixtures).check()
    }
}

private struct Cake: FetchEndpoint {
    let name: EndpointName = "bakery.cake"
    let provider: ProviderID = "bakery"
    let baseURL = URL(string: "https://bakery.example.com")!
    let method = RequestMethod.get
    let path: PathTemplate = "cakes/{id}"
    let authorization = Authorization.bearer
    let isCareful: Bool

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        let body: JSONValue = try response.json()
        switch body["lifecycle"]?.string {
        case "baked"?: return .succeeded(body["cake"] ?? .null)
        case "baking"?: return .pending
        case nil: throw response.malformedResponseError("the answer has no lifecycle")
        default: return isCareful ? .pending : .failed(JobFailure())
        }
    }
}
