// What does native/os/loop.cc find here? On Windows it is part of the addon, elsewhere of the tests alone.
#pragma once
#include <node_api.h>

napi_value ListHandles(napi_env env, napi_callback_info info);
