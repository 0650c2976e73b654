#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension JSONValue {
    /// Parses JSON that isn't the body of a ``FetchResponse``, such as a webhook's body or a file.
    ///
    /// The limits are those of ``FetchResponse/json(_:decoder:memberNames:requiringSuccess:)``: input from outside
    /// can't exhaust the stack or the memory. A number or string that Swift can't represent becomes `null`.
    ///
    /// - Parameter data: One JSON value in UTF-8.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedResponse`` if the data isn't JSON, is nested
    ///   deeper than 64 levels, contains more than 200,000 values, or more than 64 MiB in strings.
    public init(parsing data: Data) throws(FetchError) {
        let result: Result<JSONValue, JSONParsingError> = data.withUnsafeBytes { bytes in
            Result { () throws(JSONParsingError) in try JSONParser.value(of: bytes, within: JSONLimits()) }
        }
        do throws(JSONParsingError) {
            self = try result.get()
        } catch {
            let problem = data.withUnsafeBytes { error.description(of: "the data", in: $0) }
            throw FetchError(.malformedResponse, data.isEmpty ? "the data is empty" : problem)
        }
    }
}
