// How long does the system call itself take? The loops that the benchmarks compare the library with.
#pragma once
#include <node_api.h>

napi_value LoopGet(napi_env env, napi_callback_info info);
napi_value LoopProgram(napi_env env, napi_callback_info info);
napi_value BareGet(napi_env env, napi_callback_info info);
