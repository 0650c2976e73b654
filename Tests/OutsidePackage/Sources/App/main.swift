import FetchCore
import FetchCurl
import ModelsLab
import ModelsLabVideo

let registry = try EndpointRegistry(.modelsLabVideo)
let client = try FetchClient(registry: registry, transport: .curl, credentials: .environment)

let video = try await client.result(.modelsLabVideo, id: 12345)
print(video.outputs)
