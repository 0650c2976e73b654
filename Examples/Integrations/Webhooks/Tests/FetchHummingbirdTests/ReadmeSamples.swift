import FetchCore
import FetchCurl
import FetchHummingbird
import FetchJobs
import FetchWebhooks
import Hummingbird
import HummingbirdCore

/// The samples in README.md, which the compiler checks.
enum ReadmeSamples {
    static func application(_ client: FetchClient, _ signingSecret: String) async throws {
        let replicate = WebhookSource(
            "replicate",
            scheme: try StandardWebhooks(secrets: [signingSecret]),
            locator: try JobLocator(endpoint: "replicate.prediction", id: "/id")
        )
        let receiver = WebhookReceiver(client: client)

        let router = Router()
        router.webhook("webhooks/replicate", from: replicate, to: receiver)
        let application = Application(
            router: router,
            server: .http1(configuration: HTTP1Channel.Configuration(idleTimeout: .seconds(15))),
            configuration: ApplicationConfiguration(address: .hostname("0.0.0.0", port: 8080)),
            services: [receiver]
        )
        try await application.runService()
    }

    static func receiver(_ store: any JobStore) -> WebhookReceiver {
        let receiver = WebhookReceiver(store: store)
        return receiver
    }

    static func sources(
        _ newSecret: String,
        _ oldSecret: String,
        _ userID: String,
        _ sharedValue: String
    ) throws -> [WebhookSource] {
        let openAI = WebhookSource(
            "openai",
            scheme: try StandardWebhooks(secrets: [newSecret, oldSecret]),
            locator: try JobLocator(endpoint: "openai.video", id: "/data/id")
        )
        let fal = WebhookSource(
            "fal",
            scheme: try FalWebhooks(transport: .curl, users: [userID]),
            locator: try JobLocator(endpoint: "fal.queue", id: "/request_id", idPrefix: "fal-ai/flux/")
        )
        let assemblyAI = WebhookSource(
            "assemblyai",
            scheme: try SharedHeader(name: "X-Webhook-Secret", value: sharedValue),
            locator: try JobLocator(endpoint: "assemblyai.transcript", id: "/transcript_id")
        )
        let other = WebhookSource(
            "other",
            scheme: try HMACHeader(
                HMACForm(header: "X-Signature", signature: .value(prefix: "sha256="), encoding: .hex),
                secrets: [sharedValue]
            ),
            locator: try JobLocator(endpoint: "other.render", id: "/job/id")
        )
        return [openAI, fal, assemblyAI, other]
    }

    static func modelsLab(
        _ router: Router<BasicRequestContext>,
        _ receiver: WebhookReceiver,
        _ pathSecret: String
    ) throws -> String {
        let modelsLab = WebhookSource(
            "modelslab",
            scheme: try SecretPath(pathSecret),
            locator: try JobLocator(endpointInPath: ["modelslab.video", "modelslab.faceswap"], id: "/id")
        )
        router.webhook("webhooks/modelslab/:secret/:endpoint", from: modelsLab, to: receiver)
        let url = "https://films.example/webhooks/modelslab/\(pathSecret)/modelslab.video"
        return url
    }
}
