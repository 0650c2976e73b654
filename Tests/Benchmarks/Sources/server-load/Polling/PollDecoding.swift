import FetchCore
import Foundation
import ModelsLab
import ModelsLabVideo

/// Reads a response as ``FetchClient`` has it read: by ModelsLab's endpoint.
enum PollDecoding {
    private static let endpoint = ModelsLabVideoEndpoint()

    /// Decodes a response, and checks the status and the ETA.
    ///
    /// - Throws: `FetchError` if the response isn't the expected one.
    static func check(_ body: Data, status: Int) throws {
        let response = FetchResponse(status: status, body: body)
        guard case .pending(let progress) = try endpoint.answer(to: 0, from: response), progress.eta == .seconds(12.5)
        else { throw response.malformedResponseError("unexpected response") }
    }
}
