package import FetchCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The way in which a download continues after the beginning of a response.
///
/// | response | decision |
/// |---|---|
/// | 200, 203 | ``start(_:)``, also if a range was asked for: the server has another version, or no ranges |
/// | 206 as asked for, with the length of the whole file | ``append(_:at:)`` |
/// | any other 206, 416 | ``startOver`` |
/// | 301, 302, 303, 307, 308 | ``redirect(_:)`` |
/// | 403, 404, 410 within five minutes of the job's end | ``notThereYet(_:)`` |
/// | 403, 404, 410 later; an error document that says that the link has expired | ``expired(_:)`` |
/// | a page, an error document or nothing in place of a picture, film, sound or model | the same as 404, but ``final(_:)`` later |
/// | 202, 204 | the same |
/// | 200 with a content coding, unless the first bytes show that the transport has decoded it | ``final(_:)`` |
/// | 408, 409, 421, 423, 425, 429, 449, 5xx, a firewall's challenge | ``retry(_:)`` |
/// | 401 and other statuses | ``final(_:)`` |
package enum ResponseDecision: Sendable, Equatable {
    /// The body is the whole file. What is there already is removed.
    case start(ExpectedBody)
    /// The body continues what is there already.
    case append(ExpectedBody, at: Int64)
    /// The file is requested again, as a whole.
    case startOver
    /// The file is requested again after a pause, since it may still appear.
    case notThereYet(FetchError)
    /// The link is dead. The job has another one, or the output is lost.
    case expired(FetchError)
    /// The same is requested again, after the error's `retryAfter` if it has one.
    case retry(FetchError)
    /// The file is requested from another URL.
    case redirect(URL)
    /// The download fails.
    case final(FetchError)

    /// The facts that a response states about the file.
    package struct ExpectedBody: Sendable, Hashable {
        /// The number of bytes that follow. `nil` if it isn't stated.
        package var bodyLength: Int64?
        /// The length of the whole file. `nil` if it isn't stated.
        package var total: Int64?
        /// The validator, with which the download can go on after an interruption. `nil` if there is none.
        package var validator: Validator?
        /// The digests of the whole file.
        package var digests: [StatedDigest]
        /// The format that the first bytes show. `nil` if it is unknown, or if the body isn't the beginning.
        package var format: FileFormat?
        /// True if the bytes that follow can't show another format.
        var isFormatFinal = false
    }

    /// Decides by the beginning of a response.
    ///
    /// - Parameters:
    ///   - response: The beginning of the response.
    ///   - request: What was asked for.
    package init(_ response: ResponseStart, to request: DownloadRequest) {
        if let failure = StorageFailure(response, request.promised), failure.hasLinkExpired {
            self = .expired(response.error(.outputExpired, "says that the link has expired (\(failure.code))"))
            return
        }
        if let error = response.response.interceptionError {
            self = .retry(error.ofOutput(response))
            return
        }
        switch response.status {
        case 200, 203: self = Self.complete(response, request)
        case 206: self = Self.partial(response, request)
        case 202, 204, 205:
            self = Self.missing(response.error(.unexpectedOutput, "responded without a file"), request)
        case 301, 302, 303, 307, 308: self = Self.redirected(response, request)
        default: self = Self.failed(response, request)
        }
    }

    /// True if the body becomes the file, or a part of it.
    package var acceptsBody: Bool {
        switch self {
        case .start, .append: true
        default: false
        }
    }

    private static func complete(_ response: ResponseStart, _ request: DownloadRequest) -> Self {
        let format = ContentSniffer.format(of: response.prefix, isWhole: response.isWhole)
        if let error = response.substituteError(format, promised: request.promised) { return missing(error, request) }
        if response.isCoded, !request.promised.isDecoded(format) {
            let error = response.error(.unexpectedOutput, "sent the file in a coding that wasn't asked for")
            return .final(error.permanent)
        }
        var body = ExpectedBody(response, isPartial: false)
        body.total = body.bodyLength
        body.format = format
        body.isFormatFinal = response.prefix.count > ContentSniffer.prefixLength
        return .start(body)
    }

    private static func partial(_ response: ResponseStart, _ request: DownloadRequest) -> Self {
        let range = response.headers["Content-Range"].flatMap(ContentRange.init)
        guard case .part(let first, let last, let total)? = range else { return .startOver }
        var body = ExpectedBody(response, isPartial: true)
        let length = last - first + 1
        guard !response.isCoded, body.bodyLength ?? length == length else { return .startOver }
        (body.bodyLength, body.total) = (length, total)
        guard let requested = request.range else {
            // The whole file as a range, although none was asked for, is what some servers send.
            guard first == 0, total == length else {
                return .retry(response.error(.malformedResponse, "sent a part of the file that wasn't asked for"))
            }
            return .start(body)
        }
        // Without a length, nothing would tell that the range isn't the last one.
        guard let total, first == requested.start, total == requested.total ?? total,
            requested.permits(response.headers)
        else {
            return .startOver
        }
        return .append(body, at: first)
    }

    private static func redirected(_ response: ResponseStart, _ request: DownloadRequest) -> Self {
        do throws(FetchError) {
            let location = response.headers["Location"]
            return .redirect(try RedirectTarget.url(location: location, from: response.url, after: request.redirects))
        } catch {
            return .final(error.ofOutput(response))
        }
    }

    private static func failed(_ response: ResponseStart, _ request: DownloadRequest) -> Self {
        let error = response.statusError
        switch response.status {
        case 416 where request.range != nil: return .startOver
        case 403, 404, 410: return request.isWithinGrace ? .notThereYet(error) : .expired(error.permanent)
        default: return error.isRetryable ? .retry(error) : .final(error)
        }
    }

    /// Returns the decision about a file that the server doesn't have, without a status that says so.
    private static func missing(_ error: FetchError, _ request: DownloadRequest) -> Self {
        request.isWithinGrace ? .notThereYet(error) : .final(error.permanent)
    }
}

extension ResponseDecision.ExpectedBody {
    fileprivate init(_ response: ResponseStart, isPartial: Bool) {
        // The length and the validator are those of the coded file.
        self.init(
            bodyLength: response.isCoded ? nil : response.contentLength,
            validator: response.isCoded ? nil : Validator(response.headers),
            digests: StatedDigest.all(in: response.headers, isPartial: isPartial)
        )
    }
}

extension StorageFailure {
    /// Reads the error document of a response with an error status, or with 200 in place of another kind of file: some
    /// gateways change the status.
    fileprivate init?(_ response: ResponseStart, _ promised: PromisedContent) {
        guard response.status >= 400 || response.status == 200 && promised.isBinary else { return nil }
        self.init(response.prefix)
    }
}
