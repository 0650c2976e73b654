import FetchCore
import FetchTesting
import Foundation
import SecretSearch
import Testing

/// A key that must be found nowhere but in requests.
struct Canary: Sendable, CustomTestStringConvertible {
    let key: String

    var testDescription: String { key }

    static let all = CanaryKey.all.map(Self.init)

    static let ways: [Authorization] = [.bearer, .header("X-Api-Key"), .query("key"), .jsonBody("key")]

    /// Asks in one way, typed and by name, and returns what came of it: states and errors.
    func outcomes(
        of step: ScriptedTransport.Step,
        way: Authorization,
        read: (@Sendable (FetchResponse) throws -> FetchAnswer<JSONValue>)? = nil
    ) async throws -> [Any] {
        let endpoint = ShapedEndpoint<Int>(
            authorization: way,
            read: read ?? { response in
                // The response itself is swept, too, as the endpoint sees it.
                let words = Disclosure(of: response).texts + response.headers.fields.map(\.name)
                guard response.status == 200 else { throw response.malformedResponseError(words.joined()) }
                let said = String(decoding: response.body, as: UTF8.self)
                return .pending(JobProgress(message: said, details: ["words": .string(words.joined())]))
            }
        )
        let transport = ScriptedTransport([step])
        let registry = try EndpointRegistry(endpoint)
        let client = FetchClient(
            asking: transport,
            registry: registry,
            credentials: .fixed(["example": APIKey(key)]),
            policy: PollingPolicy(toleratedErrors: 0)
        )
        var outcomes: [Any] = []
        do {
            outcomes.append(try await client.fetch(endpoint, id: 42))
        } catch {
            outcomes.append(error)
        }
        let updates = client.updates(try JobReference("example.jobs:42"))
        var iterator = updates.makeAsyncIterator()
        do {
            outcomes.append(try await iterator.next() as Any)
        } catch {
            outcomes.append(error)
        }
        #expect(transport.requests.count >= 2, "The key has been sent, or nothing was tried.")
        return outcomes
    }
}
