#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A type that declares how jobs of one kind are polled: the URL, the type of a job's id, the part of a request
/// that carries the key, and the meaning of a response.
///
/// An endpoint is a small value. It contains no key and no state, sends nothing, and doesn't decide when a job is
/// polled. A ``FetchClient`` does all that in the same way for every provider.
///
/// ## Writing an endpoint
///
/// ```swift
/// struct Transcript: FetchEndpoint, Hashable {
///     let name: EndpointName = "example.transcript"
///     let provider: ProviderID = "example"
///     let baseURL = URL(string: "https://api.example.com/v2")!
///     let method = RequestMethod.get
///     let path: PathTemplate = "transcript/{id}"
///     let authorization = Authorization.header("X-Api-Key")
///
///     func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
///         let body: Body = try response.json()
///         return switch body.status {
///         case "completed": .succeeded(body.text ?? "")
///         case "error": .failed(JobFailure(message: body.error))
///         default: .pending
///         }
///     }
///
///     private struct Body: Decodable {
///         var status: String
///         var text: String?
///         var error: String?
///     }
/// }
/// ```
///
/// ``answer(to:from:)`` is the main requirement. It decodes the status, header fields and bytes of one response:
///
/// - It returns ``FetchAnswer/pending(_:)`` for a job that isn't done, and for every status that it doesn't know. A
///   provider may add a status at any time, so an unknown one doesn't mean that the job failed.
/// - It returns ``FetchAnswer/succeeded(_:)`` or ``FetchAnswer/failed(_:)`` for a job that has ended. The job isn't
///   polled again.
/// - It returns ``FetchAnswer/followUp(_:)`` if the result needs one more request.
/// - It throws ``FetchError`` if the *request* failed, which says nothing about the job.
///   ``FetchResponse/json(_:decoder:memberNames:requiringSuccess:)`` and ``FetchResponse/requireSuccess()`` do so for
///   the usual cases. Any other error is reported as ``FetchError/Code/malformedResponse``.
///
/// The client also calls it with empty bodies, error pages and truncated JSON. It must not trap on any of them.
/// `EndpointConformance` in FetchTesting checks these rules in three lines of a test.
///
/// All declarations except ``body(for:)`` and ``answer(to:from:)`` are constant: a client may read them once and use
/// the value for all requests. A property may be computed if it always returns the same value.
///
/// ## Concurrency
///
/// An endpoint is used from many tasks at once. ``body(for:)`` and ``answer(to:from:)`` run off the caller's actor.
/// They should have no side effects. ``body(for:)`` must not block, since other requests start on the same thread.
/// ``answer(to:from:)`` may use the processor for long: if it takes more than 5 ms, it runs on a thread of its own from
/// then on, a few at the same time, so that other endpoints aren't delayed. It mustn't wait for anything else.
public protocol FetchEndpoint<ID, Output>: FetchPlugin {
    /// The type of a job's id: `Int`, `Int64`, `String`, ``PollingURL`` or a type of the endpoint's own.
    associatedtype ID: FetchID

    /// The type of a finished job's output.
    associatedtype Output: FetchOutput

    /// The name under which the endpoint is registered, such as `example.transcript`.
    var name: EndpointName { get }

    /// The provider whose key and request limits apply.
    var provider: ProviderID { get }

    /// The common beginning of the provider's URLs, such as `https://api.example.com/v2`. It has no query and no
    /// fragment.
    ///
    /// The client sends the key to this scheme, host and port, and to ``domains``, and to no other server.
    var baseURL: URL { get }

    /// Further domains of the provider, such as `example.com`. Defaults to none.
    ///
    /// The client sends the key to these hosts and to all their subdomains, over https on port 443. Declare them for a
    /// provider whose responses contain URLs to request, as a ``PollingURL`` or ``FollowUp``, on several hosts. The
    /// provider must own the entire domain: with a domain such as `co.uk` the key could be sent to anyone.
    var domains: [String] { get }

    /// The method of the request.
    var method: RequestMethod { get }

    /// The part of the URL after ``baseURL``, with a placeholder for the id.
    var path: PathTemplate { get }

    /// The form of the id's string, which defines the placeholders of ``path``. Defaults to one placeholder, `{id}`,
    /// for the entire string.
    var idForm: IDForm { get }

    /// The part of the request that carries the key.
    var authorization: Authorization { get }

    /// Header fields that every request has, such as an API version. Defaults to none.
    var headers: HeaderFields { get }

    /// The shortest interval that the provider allows between a response and the next request for the same job.
    /// Defaults to zero.
    ///
    /// The client uses the longer one of this interval and ``PollingPolicy/minimumGap``.
    var minimumGap: Duration { get }

    /// The longest interval between a response and the next request for the same job, if the client's policy has no
    /// ``PollingPolicy/maximumGap``. Defaults to `nil`, which means 1 minute.
    ///
    /// State it for jobs that take hours.
    var maximumGap: Duration? { get }

    /// The maximum time of one request, if the client's policy has no ``PollingPolicy/requestTimeout``. Defaults to
    /// `nil`, which means 30 seconds.
    ///
    /// State it for a server that holds a request until the job is done ("long poll"): somewhat more than the longest
    /// time for which it does so. Such an endpoint is polled until shortly before the deadline, since a held request
    /// may be answered at any time.
    var requestTimeout: Duration? { get }

    /// The time after which a wait for a job ends, if the client's policy has no ``PollingPolicy/deadline``. Defaults
    /// to `nil`, which means 10 minutes.
    ///
    /// State it if the provider's jobs can take longer, such as a training.
    var deadline: Duration? { get }

    /// The places of the job in the response to its submission. Defaults to ``SubmissionForm/none``.
    ///
    /// State it so that an application can pass on that response instead of the id:
    /// ``FetchClient/result(continuing:of:policy:)-(_,Endpoint,_)``.
    var submission: SubmissionForm { get }

    /// The time for which the links in a response live. Defaults to `nil`, which means unknown.
    ///
    /// State it if the provider's documentation does. The client computes ``Artifact/expiryDate`` from it and from the
    /// date of the response. An output of the endpoint's own type implements ``FetchOutput/outputCompleted(by:)`` then.
    var artifactLifetime: Duration? { get }

    /// The identity of the endpoint. Waits for one job share its requests if the identities of their endpoints are
    /// equal.
    ///
    /// Defaults to the value itself if its type is `Hashable`, and to `nil` otherwise: such an endpoint is the same
    /// only as itself, registered and polled by name.
    var identity: EndpointIdentity? { get }

    /// Returns the body of the request without the key. Defaults to `nil`, which means that the body contains the key
    /// at most.
    ///
    /// - Parameter id: The id of the job to poll.
    /// - Returns: The body, or `nil` for none.
    /// - Throws: ``FetchError`` if the endpoint can't create a body for this id. No request is sent then. Any other
    ///   error is reported as ``FetchError/Code/malformedEndpoint``.
    func body(for id: ID) throws -> RequestBody?

    /// Adds a signature to a request, if ``authorization`` is ``Authorization/signed``.
    ///
    /// The client calls it for each request, follow-ups and retries included, when the request is otherwise complete.
    /// It may add header fields and query items and change the body, but not the scheme, host and port of the URL. A
    /// request with two `Authorization` fields, or with a newline in a field, isn't sent.
    ///
    /// It may take any time: it runs on a thread of its own, and only this request waits. If it doesn't return within
    /// the timeout, the request fails with ``FetchError/Code/requestTimeout``. What it adds is redacted in responses
    /// and errors if it is at least 20 characters long, as signatures are.
    ///
    /// - Parameters:
    ///   - request: The request to sign. Its headers don't contain the fields that a transport adds, such as `Host`.
    ///   - key: The provider's key from the client's ``Credentials``, which the signature proves and mustn't contain.
    ///     If the provider has an identifier and a secret, they are one key by convention, separated by a colon.
    ///   - date: The current date of the client's ``FetchClient/Environment/wallClock``.
    /// - Throws: ``FetchError`` if the request can't be signed, such as one with the code
    ///   ``FetchError/Code/malformedKey``. No request is sent then. Any other error is reported as
    ///   ``FetchError/Code/malformedEndpoint``, without its description, which may contain the key.
    func sign(_ request: inout FetchRequest, with key: APIKey, at date: Date) throws

    /// Decodes a response.
    ///
    /// - Parameters:
    ///   - id: The id of the polled job.
    ///   - response: The response, with any HTTP status. The client has redacted the key in it.
    /// - Returns: The state of the job, or a further request.
    /// - Throws: ``FetchError`` if the response contains no state of the job. Any other error is reported as
    ///   ``FetchError/Code/malformedResponse``.
    func answer(to id: ID, from response: FetchResponse) throws -> FetchAnswer<Output>
}

extension FetchEndpoint {
    /// An empty list: the key is sent to the origin of the base URL only.
    public var domains: [String] { [] }

    /// One placeholder, `{id}`, for the entire string.
    public var idForm: IDForm { .whole }

    /// Zero, so that ``PollingPolicy/minimumGap`` applies.
    public var minimumGap: Duration { .zero }

    /// `nil`, so that ``PollingPolicy/maximumGap`` applies.
    public var maximumGap: Duration? { nil }

    /// `nil`, so that ``PollingPolicy/requestTimeout`` applies.
    public var requestTimeout: Duration? { nil }

    /// `nil`, so that ``PollingPolicy/deadline`` applies.
    public var deadline: Duration? { nil }

    /// No places: an application passes the id.
    public var submission: SubmissionForm { .none }

    /// `nil`: the lifetime of links is unknown.
    public var artifactLifetime: Duration? { nil }

    /// No header fields.
    public var headers: HeaderFields { [:] }

    /// Returns `nil`: the body contains the key at most.
    public func body(for id: ID) throws -> RequestBody? { nil }

    /// Throws, since an endpoint whose ``authorization`` is ``Authorization/signed`` needs a function of its own.
    public func sign(_ request: inout FetchRequest, with key: APIKey, at date: Date) throws {
        throw FetchError(
            .malformedEndpoint,
            "authorization is signed, but the endpoint signs nothing",
            remedy: "Implement sign(_:with:at:) with exactly these parameters."
        )
    }

    /// `nil`: the endpoint's registration is its identity.
    public var identity: EndpointIdentity? { nil }

    /// The endpoint itself, which makes every endpoint a plugin.
    public var endpoints: [any FetchEndpoint] { [self] }
}

extension FetchEndpoint where Self: Hashable {
    /// The value itself.
    public var identity: EndpointIdentity? { EndpointIdentity(self) }
}
