import FetchCore
public import FetchWebhooks
import HTTPTypes
public import Hummingbird
import Logging
import NIOCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension RouterMethods {
    /// Adds a route for the messages of a source.
    ///
    /// | Status | |
    /// |---|---|
    /// | 204 | The message is genuine, whether or not its job is known, and if it was received before. |
    /// | 400 | A header field is malformed. |
    /// | 401 | There is no valid signature or secret, or the message is too old. |
    /// | 413 | The body is too large. |
    /// | 503 | The keys can't be fetched, or the queue for the store is full. The sender should repeat it. |
    ///
    /// Responses have no body. The log contains the name of the source and the reason of a refusal at the level
    /// `debug`, and neither header fields nor bodies.
    ///
    /// - Parameters:
    ///   - path: The path. With ``/FetchWebhooks/SecretPath``, one of its segments is a parameter, such as
    ///     `webhooks/modelslab/:secret`, so that the secret isn't part of the code.
    ///   - source: The source of the messages.
    ///   - tenant: The tenant of the jobs in the store. Defaults to none.
    ///   - receiver: The receiver.
    /// - Returns: The router.
    @discardableResult
    public func webhook(
        _ path: RouterPath,
        from source: WebhookSource,
        tenant: String? = nil,
        to receiver: WebhookReceiver
    ) -> Self {
        on(path, method: .post) { request, context in
            guard let message = try await WebhookRequest(request, upTo: receiver.configuration.maximumBodySize) else {
                receiver.noteTooLarge()
                return Response(status: .contentTooLarge)
            }
            let result = try await receiver.receive(message, from: source, tenant: tenant)
            if case .refused(let error) = result {
                context.logger.debug(
                    "A webhook was refused.",
                    metadata: ["source": "\(source.name)", "reason": "\(error.code.rawValue)"]
                )
            }
            return Response(status: result.status)
        }
    }
}

extension WebhookResult {
    /// The status of the response.
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .woken, .replayed, .withoutJob: .noContent
        case .dropped: .serviceUnavailable
        case .refused(let error):
            switch error.code {
            case .malformedHeader: .badRequest
            case .missingHeader, .outsideTolerance, .wrongSignature: .unauthorized
            case .unavailableKeys: .serviceUnavailable
            case .invalidConfiguration: .internalServerError
            }
        }
    }
}

extension WebhookRequest {
    /// Collects a request. `nil` if its body is larger than a limit.
    fileprivate init?(_ request: Request, upTo limit: Int) async throws {
        // A body that says that it is too large isn't read.
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { return nil }
        var headers = HeaderFields()
        for field in request.headers { headers.append(name: field.name.rawName, value: field.value) }
        do {
            let body = try await request.body.collect(upTo: limit)
            self.init(path: request.uri.path, headers: headers, body: Data(body.readableBytesView))
        } catch is NIOTooManyBytesError {
            return nil
        }
    }
}
