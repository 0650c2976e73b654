import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

extension CanaryKey {
    /// The places for the key in a request.
    static let authorizations: [Authorization] = [.bearer, .header("X-Api-Key"), .query("key"), .jsonBody("key")]

    /// Polls once by type and once by name, and returns the states or errors.
    ///
    /// - Parameters:
    ///   - step: The response to each request.
    ///   - authorization: The place of the key in the requests.
    ///   - read: The decoding of a response. Defaults to one that puts all text of the response into the state or
    ///     error.
    /// - Returns: The two states or errors.
    /// - Throws: An error of the registry.
    func outcomes(
        of step: ScriptedTransport.Step,
        authorization: Authorization,
        read: (@Sendable (FetchResponse) throws -> FetchAnswer<JSONValue>)? = nil
    ) async throws -> [Any] {
        let endpoint = ConfigurableEndpoint<Int>(
            authorization: authorization,
            read: read ?? { response in
                // Includes all text that the endpoint can get from the response.
                let texts = Disclosure(of: response).texts + response.headers.fields.map(\.name)
                guard response.status == 200 else { throw response.malformedResponseError(texts.joined()) }
                let body = String(decoding: response.body, as: UTF8.self)
                return .pending(JobProgress(message: body, details: ["texts": .string(texts.joined())]))
            }
        )
        let transport = ScriptedTransport([step])
        let registry = try EndpointRegistry(endpoint)
        let client = FetchClient(
            scripted: transport,
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
        #expect(transport.requests.count >= 2, "Both requests must be sent with the key.")
        return outcomes
    }
}
