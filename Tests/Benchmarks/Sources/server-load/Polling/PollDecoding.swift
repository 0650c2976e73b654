import FetchCore
import Foundation
import ModelsLab

/// Reads a response as ``FetchClient`` has it read: with the decoder of ModelsLab's endpoints.
enum PollDecoding {
    /// Decodes all fields, and checks the two that a polling loop needs.
    ///
    /// - Throws: `FetchError` if the response isn't the expected one.
    static func check(_ body: Data, status: Int) throws {
        let response = FetchResponse(status: status, body: body)
        let reply = try ModelsLabReply(response)
        guard status == 200, reply.status == "processing", reply.fields["eta"]?.number == 12.5 else {
            throw response.malformed("unexpected response")
        }
    }
}
