#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Where a provider is asked about a job, what the job's id is, how the key travels, and what an answer means.
///
/// An endpoint is a small value. It holds no key and no state, decides nothing about time, and sends nothing: a
/// ``FetchClient`` does all that, the same for every provider.
///
/// ## Writing one
///
/// ```swift
/// struct Transcript: FetchEndpoint {
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
/// ``answer(to:from:)`` is the heart. It sees status, headers and bytes of one response, and returns what they say:
///
/// - ``FetchAnswer/pending(_:)`` for a job that isn't ready, and for every state whose name it doesn't know. An unknown
///   word means that the provider has learned a new one, not that the job failed.
/// - ``FetchAnswer/succeeded(_:)`` and ``FetchAnswer/failed(_:)`` for the two ends. Nothing is asked after them.
/// - ``FetchAnswer/followUp(_:)`` where the result needs one more request.
/// - It throws ``FetchError`` where the *fetch* failed, which says nothing about the job:
///   ``FetchResponse/json(_:decoder:)`` and ``FetchResponse/requireSuccess()`` do so for the usual cases. Any other
///   error that it throws is taken for ``FetchError/Code/malformedResponse``.
///
/// It is called for empty bodies, error pages and truncated JSON too, and must not trap on any of them.
/// `EndpointConformance` in FetchTesting tries it, and the rest of these rules, in three lines of a test.
///
/// What an endpoint declares is constant: all of it but ``body(for:)`` and ``answer(to:from:)`` may be read once and kept, for
/// all requests that a client makes of it. A property may be computed, and then has to yield the same each time.
///
/// ## Concurrency
///
/// Endpoints are `Sendable` and are used from many tasks at once. ``answer(to:from:)`` runs off the
/// caller's actor, and should do nothing but read. It and ``body(for:)`` don't block: other requests begin in the same thread.
public protocol FetchEndpoint<ID, Output>: FetchPlugin {
    /// What identifies a job: `Int`, `Int64`, `String`, ``PollingURL`` or a type of the endpoint's own.
    associatedtype ID: FetchID

    /// What a finished job yields.
    associatedtype Output: FetchOutput

    /// The name under which the endpoint is registered.
    var name: EndpointName { get }

    /// Whose key is sent.
    var provider: ProviderID { get }

    /// What all of the provider's URLs begin with: `https://api.example.com/v2`. The key goes to this scheme, host and
    /// port only, and to ``domains``.
    var baseURL: URL { get }

    /// Further domains of the provider, such as `example.com`: the key may go to these hosts and all below them, by https.
    ///
    /// All of a domain has to be the provider's own: one such as `co.uk` would send the key to anyone.
    /// For providers that give URLs to ask, as a ``PollingURL`` or a ``FollowUp``, on hosts of several names. None unless
    /// stated.
    var domains: [String] { get }

    /// How to ask. `POST` unless stated.
    var method: RequestMethod { get }

    /// The rest of the URL, with a place for the id.
    var path: PathTemplate { get }

    /// How the id's text is made up of the values that ``path`` names. The whole of it is `{id}` unless stated.
    var idForm: IDForm { get }

    /// Where the key goes.
    var authorization: Authorization { get }

    /// Fixed header fields, such as a version. None unless stated.
    var headers: HeaderFields { get }

    /// The shortest time between two requests about one job that the provider allows. Zero unless stated.
    ///
    /// A wait keeps to the longer of this and ``PollingPolicy/minimumGap``.
    var minimumGap: Duration { get }

    /// The identity of the endpoint: waits for one job share its requests if their endpoints' identities are equal.
    ///
    /// Defaults to the value itself if its type is `Hashable`, and otherwise to `nil`: the endpoint is then the same as itself only where
    /// it is registered and polled by name.
    var identity: EndpointIdentity? { get }

    /// What the body holds besides the key. Nothing unless stated.
    ///
    /// - Throws: ``FetchError`` where there can't be a body for this id; nothing is sent then.
    func body(for id: ID) throws -> RequestBody?

    /// What a response says about a job.
    ///
    /// - Parameters:
    ///   - id: The job that was asked about.
    ///   - response: The server's response, whatever its status.
    /// - Throws: ``FetchError`` where the response says nothing about the job.
    func answer(to id: ID, from response: FetchResponse) throws -> FetchAnswer<Output>
}

extension FetchEndpoint {
    /// None: the key goes to the origin of the base URL only.
    public var domains: [String] { [] }

    /// The whole text is `{id}`.
    public var idForm: IDForm { .whole }

    /// Zero: the policy's gap is enough.
    public var minimumGap: Duration { .zero }

    /// `POST`.
    public var method: RequestMethod { .post }

    /// None.
    public var headers: HeaderFields { [:] }

    /// Nothing.
    public func body(for id: ID) throws -> RequestBody? { nil }

    /// `nil`: the endpoint has no identity but its registration.
    public var identity: EndpointIdentity? { nil }

    /// An endpoint is a plugin of one.
    public var endpoints: [any FetchEndpoint] { [self] }
}

extension FetchEndpoint where Self: Hashable {
    /// The value itself.
    public var identity: EndpointIdentity? { EndpointIdentity(self) }
}
