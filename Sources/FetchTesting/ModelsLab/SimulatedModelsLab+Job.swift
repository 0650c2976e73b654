#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension SimulatedModelsLab {
    /// A job of a simulated ModelsLab.
    public struct Job: Sendable, Hashable {
        /// How a job ends.
        public enum Ending: Sendable, Hashable {
            /// With these files; nil for one file that the service makes up.
            case succeeded([URL]? = nil)
            /// Without a result, for this reason.
            case failed(String)
        }

        /// Where a finished job's files stand in an answer.
        public enum OutputField: Sendable, Hashable {
            /// In `output`.
            case output
            /// In `proxy_links`, while `output` is an empty text.
            case proxyLinks
            /// In `links`, and there is no `output`.
            case links
        }

        /// The word in front of `fetch` in the path, such as `video` or `face_gen`.
        public var family: String

        /// The job's id. Answers give it as an integer, made of the text where the text isn't one.
        public var id: String

        /// How long it takes from its start to its end.
        public var duration: Duration

        /// How long the service says that it takes, if it says so.
        public var eta: Duration?

        /// How it ends.
        public var ending: Ending

        /// How long after its start the service doesn't know the job yet.
        public var notFoundFor: Duration

        /// How many requests are refused at first, because there were too many.
        public var rateLimitedRequests: Int

        /// How long such an answer asks to wait.
        public var retryAfter: Duration

        /// How many requests, after those, end with a server error.
        public var serverErrors: Int

        /// Where the files stand in the dialect ``SimulatedModelsLab/Dialect/fieldNotes``; nil for a field that changes from job to job.
        public var outputField: OutputField?

        /// Whether the job is asked about under `/api/v1/enterprise`.
        public var isEnterprise: Bool

        /// Creates a job.
        ///
        /// - Parameters:
        ///   - family: The word in front of `fetch` in the path.
        ///   - id: The job's id.
        ///   - duration: How long it takes.
        ///   - eta: How long the service says that it takes, if it says so.
        ///   - ending: How it ends.
        ///   - notFoundFor: How long after its start the service doesn't know it yet.
        ///   - rateLimitedRequests: How many requests are refused at first.
        ///   - retryAfter: How long such an answer asks to wait.
        ///   - serverErrors: How many requests, after those, end with a server error.
        ///   - outputField: Where the files stand in the dialect ``SimulatedModelsLab/Dialect/fieldNotes``.
        ///   - isEnterprise: Whether it is asked about under `/api/v1/enterprise`; nil for what is so in fact, where
        ///     only `face_gen` is.
        public init(
            family: String,
            id: String,
            duration: Duration,
            eta: Duration? = nil,
            ending: Ending = .succeeded(),
            notFoundFor: Duration = .zero,
            rateLimitedRequests: Int = 0,
            retryAfter: Duration = .seconds(30),
            serverErrors: Int = 0,
            outputField: OutputField? = nil,
            isEnterprise: Bool? = nil
        ) {
            self.family = family
            self.id = id
            self.duration = duration
            self.eta = eta
            self.ending = ending
            self.notFoundFor = notFoundFor
            self.rateLimitedRequests = rateLimitedRequests
            self.retryAfter = retryAfter
            self.serverErrors = serverErrors
            self.outputField = outputField
            self.isEnterprise = isEnterprise ?? (family == "face_gen")
        }
    }
}
