import FetchCore
import FetchURLSession
import ModelsLab
import ModelsLabVideo

let registry = try EndpointRegistry(.modelsLabVideo)
let client = FetchClient(registry: registry, transport: .urlSession, credentials: .environment)

let video = try await client.result(.modelsLabVideo, id: 12345)
print(video.outputs)
