import FetchCore
import Foundation
import ModelsLab
import ModelsLabVideo

/// The decoding of responses with ModelsLab's endpoint, as `FetchClient` does it.
enum PollDecoding {
    private static let endpoint = ModelsLabVideoEndpoint()

    /// Decodes a response and checks its state and ETA. Throws `FetchError` if it isn't the expected one.
    static func check(_ body: Data, status: Int) throws {
        let response = FetchResponse(status: status, body: body)
        guard case .pending(let progress) = try endpoint.answer(to: 0, from: response), progress.eta == .seconds(12.5)
        else { throw response.malformedResponseError("unexpected response") }
    }
}
