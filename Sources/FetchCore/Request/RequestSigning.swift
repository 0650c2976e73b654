#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The call of an endpoint's function that signs a request, and the checks of its result.
struct RequestSigning {
    /// The length in bytes from which on a part of what was added is redacted. Hashes and signatures are longer, dates
    /// and names of algorithms are shorter.
    private static let minimumLength = 20

    /// The signed request.
    private(set) var request: FetchRequest

    /// The parts of what was added that could be a signature.
    let signatures: [String]

    /// Signs a request.
    ///
    /// - Parameters:
    ///   - unsigned: The complete request without a signature.
    ///   - key: The key.
    ///   - date: The date of the signature.
    ///   - sign: The endpoint's function.
    /// - Throws: ``FetchError`` if the function throws, or if its result can't be sent.
    init(
        _ unsigned: FetchRequest,
        with key: APIKey,
        at date: Date,
        by sign: (inout FetchRequest, APIKey, Date) throws -> Void
    ) throws(FetchError) {
        request = unsigned
        do {
            try sign(&request, key, date)
        } catch let error as FetchError {
            throw error
        } catch {
            // The description of the error may contain the key.
            throw FetchError(.malformedEndpoint, "the endpoint can't sign the request: \(type(of: error))")
        }
        try Self.check(request, signedFrom: unsigned)
        // They belong to the client.
        (request.timeout, request.responseLimit) = (unsigned.timeout, unsigned.responseLimit)
        signatures = Self.signatures(in: request, notIn: unsigned)
    }

    private static func check(_ request: FetchRequest, signedFrom unsigned: FetchRequest) throws(FetchError) {
        let fields = request.headers.fields
        guard try Origin(of: request.url) == Origin(of: unsigned.url) else {
            throw .refusedURL(
                request.url,
                because: "sign(_:with:at:) must not send the signature to another origin",
                remedy: "Change nothing of the URL but its query."
            )
        }
        if fields.count(where: { $0.name.lowercased() == "authorization" }) > 1 {
            throw FetchError(
                .malformedEndpoint,
                "the signed request has two Authorization fields",
                remedy: #"Set headers["Authorization"] in sign(_:with:at:) instead of appending a field."#
            )
        }
        if let invalid = fields.first(where: { HeaderSyntax.endsField($0.name) || HeaderSyntax.endsField($0.value) }) {
            throw FetchError(.malformedEndpoint, "the signed header \(Excerpt(invalid.name)) contains a newline")
        }
    }

    /// Returns the parts of new header values and of the query that are long enough for a signature.
    private static func signatures(in request: FetchRequest, notIn unsigned: FetchRequest) -> [String] {
        let before = Set(unsigned.headers.fields.map(\.value))
        let url = unsigned.url.absoluteString
        var added = request.headers.fields.map(\.value).filter { !before.contains($0) }
        if request.url != unsigned.url, let query = request.url.query(percentEncoded: false) { added.append(query) }
        return added.flatMap { $0.split { " ,;&=\"'".contains($0) } }
            .filter { $0.utf8.count >= minimumLength && $0.utf8.allSatisfy(ASCII.isVisible) }
            .map(String.init)
            // A host that the endpoint signs as a header field also occurs in links.
            .filter { !url.contains($0) }
    }
}
