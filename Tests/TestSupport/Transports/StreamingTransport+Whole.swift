package import FetchCore
package import Foundation

extension StreamedResponse.Body {
    /// Reads the body to its end.
    package func whole() async throws -> Data { try await reduce(into: Data()) { $0 += $1 } }

    /// Reads the body until it ends or throws.
    ///
    /// - Returns: The bytes, and the error; `nil` if the body is complete.
    package func rest() async -> (bytes: Data, error: (any Error)?) {
        var bytes = Data()
        do {
            for try await chunk in self { bytes += chunk }
            return (bytes, nil)
        } catch {
            return (bytes, error)
        }
    }
}
