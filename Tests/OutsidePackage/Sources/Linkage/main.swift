import FetchCore
import FetchManifest
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabVideo

print(EndpointManifest.sizeLimit)
print(try EndpointRegistry(.modelsLabVideo, .modelsLabFaceSwap, .modelsLabDeepfake, .modelsLabFaceGen))
