/// A rule that ``EndpointConformance`` tries. More may come.
public struct ConformanceRule: Sendable, Hashable, CustomStringConvertible {
    /// The rule's name, such as `keyPlacement`.
    public let description: String

    private init(_ description: String) { self.description = description }
}

// What an endpoint declares.
extension ConformanceRule {
    /// Name, provider, base URL and path template are well formed, and the endpoint can be registered, once.
    public static let registration = Self("registration")
    /// Neither name nor URLs are taken by an endpoint that it will be registered with.
    public static let neighbours = Self("neighbours")
    /// An endpoint says the same about itself each time.
    public static let stability = Self("stability")
    /// The name is the provider's, a dot and one more word, such as `modelslab.interior` of the provider `modelslab`:
    /// who reads a job reference knows whose key is sent.
    ///
    /// This is a convention of FetchKit's own endpoints. A registry takes other names, and a client asks them in the same
    /// way. An endpoint that is to be named otherwise is tried with `except: [.providerInName]`.
    public static let providerInName = Self("providerInName")
    /// The endpoint holds no key of its own, in its URL, headers or body.
    public static let noKeyInside = Self("noKeyInside")
}

// Ids and requests.
extension ConformanceRule {
    /// The test shows at least two different ids.
    public static let sampleIDs = Self("sampleIDs")
    /// An id is what is read from its text, can be taken apart as `idForm` says, and a job reference holds it.
    public static let idText = Self("idText")
    /// A request can be made for each id, the same by type and by name.
    public static let request = Self("request")
    /// Different jobs make different requests.
    public static let distinctRequests = Self("distinctRequests")
    /// The URL of a request leads back to the job.
    public static let urlLeadsBack = Self("urlLeadsBack")
    /// An id with a slash, a question mark or a quotation mark in it stays where the id belongs.
    public static let idStaysInPlace = Self("idStaysInPlace")
    /// The key is where `Authorization` says, and nowhere else.
    public static let keyPlacement = Self("keyPlacement")
    /// A request that has a body isn't a `GET`.
    public static let methodAndBody = Self("methodAndBody")
}

// Answers.
extension ConformanceRule {
    /// Each fixture is read as what it is.
    public static let fixtures = Self("fixtures")
    /// A wait comes to an end: some answer is a success.
    public static let reachesEnd = Self("reachesEnd")
    /// A status word that nobody knows is pending.
    public static let unknownStatus = Self("unknownStatus")
    /// 401 is an error and not a job's state, and asking again is no use.
    public static let refusedKey = Self("refusedKey")
    /// 429 is an error and not a job's state, and asking again helps.
    public static let rateLimit = Self("rateLimit")
    /// 5xx with an error page is an error and not a job's state, and asking again helps.
    public static let serverFailure = Self("serverFailure")
    /// The same of the answers to follow-up requests: a refused key, a rate limit, a gateway's page or nothing at all is no
    /// result.
    public static let followUpErrors = Self("followUpErrors")
    /// An empty answer, or a gateway's page, ends no job.
    public static let answerWithoutState = Self("answerWithoutState")
}
