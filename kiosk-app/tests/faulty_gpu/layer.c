/* A Vulkan layer that makes a graphics driver fail on command: see README.md. What it needs of Vulkan's headers is
 * declared here, so that a C compiler is enough to build it. */

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXPORTED __attribute__((visibility("default")))

/* Of vulkan_core.h. */
typedef int32_t VkResult;
typedef void (*Function)(void);
typedef void *Handle;  /* dispatchable: points to a struct that begins with the loader's dispatch table */
typedef uint64_t Id;   /* not dispatchable */
typedef Function (*GetProcAddr)(Handle, const char *);
typedef struct Head { int32_t type; const struct Head *next; } Head;
typedef struct { Head head; uint64_t size; uint32_t memory_type; } MemoryAllocateInfo;
enum { SUCCESS = 0, INITIALIZATION_FAILED = -3, DEVICE_LOST = -4 };

/* Of vk_layer.h. */
typedef struct Link { struct Link *next; GetProcAddr instance_proc; Function device_or_physical_proc; } Link;
typedef struct { Head head; int32_t function; Link *link; } LayerCreateInfo;
typedef struct {
    int32_t type; void *next; uint32_t version; GetProcAddr instance_proc, device_proc, physical_device_proc;
} Negotiate;
enum { LOADER_INSTANCE_CREATE_INFO = 47, LOADER_DEVICE_CREATE_INFO = 48, LINK_INFO = 0 };

/* What is below this layer, for one instance or device. */
typedef void (*Destroy)(Handle, const void *);
typedef struct { void *key; Handle handle; GetProcAddr proc; Destroy destroy; int lost; } Below;
static Below below[256];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* An instance or device and all that was made from it share the loader's table. */
static void *key(Handle handle) { return *(void **)handle; }

static Below *find(void *wanted) {
    pthread_mutex_lock(&lock);
    Below *found = NULL;
    for (size_t i = 0; i < sizeof below / sizeof *below && !found; i++)
        if (below[i].key == wanted) found = &below[i];
    pthread_mutex_unlock(&lock);
    if (!found && wanted) { fprintf(stderr, "faulty_gpu: unknown handle\n"); abort(); }
    return found;
}

/* The way to destroy it is asked for at once: later the loader would name the uppermost layer's. */
static void add(Handle handle, GetProcAddr proc, const char *destroy) {
    Destroy next = (Destroy)proc(handle, destroy);
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < sizeof below / sizeof *below; i++)
        if (!below[i].key || below[i].key == key(handle)) {
            below[i] = (Below){key(handle), handle, proc, next, 0};
            pthread_mutex_unlock(&lock);
            return;
        }
    fprintf(stderr, "faulty_gpu: too many devices are alive\n");
    abort();
}

#define NEXT(found, type, name) ((type)(found)->proc((found)->handle, name))

/* A fault: what is in the file of the call's name. */
typedef struct { int result, sleep_ms; long long from_bytes; } Fault;

/* Reads the call's file; sleeps as long as it says, at most while the file exists. The answer is SUCCESS if the call is
 * to go on, whatever is left of it. */
static VkResult fault(const char *call, long long bytes) {
    const char *folder = getenv("FAULTY_GPU");
    char path[1024];
    if (!folder) return SUCCESS;
    snprintf(path, sizeof path, "%s/%s", folder, call);
    FILE *file = fopen(path, "r");
    if (!file) return SUCCESS;
    Fault fault = {0, 0, 0};
    int read = fscanf(file, "%d %d %lld", &fault.result, &fault.sleep_ms, &fault.from_bytes);
    fclose(file);
    if (read < 1 || bytes < fault.from_bytes) return SUCCESS;
    for (int slept = 0; slept < fault.sleep_ms && access(path, F_OK) == 0; slept += 10) usleep(10000);
    return fault.result;
}

/* The same for a call on a device. A device that was lost once stays lost, as with a real driver, and its work is over:
 * what it used may be destroyed at once, so the driver below, which knows of no loss, must have finished. */
static VkResult device_fault(Below *device, const char *call, long long bytes) {
    if (device->lost) return DEVICE_LOST;
    VkResult result = fault(call, bytes);
    if (result == DEVICE_LOST) {
        device->lost = 1;
        NEXT(device, VkResult (*)(Handle), "vkDeviceWaitIdle")(device->handle);
    }
    return result;
}

static VkResult queue_submit(Handle queue, uint32_t count, const void *submits, Id fence) {
    Below *device = find(key(queue));
    VkResult result = device_fault(device, "vkQueueSubmit", 0);
    if (result) return result;
    return NEXT(device, VkResult (*)(Handle, uint32_t, const void *, Id), "vkQueueSubmit")(queue, count, submits, fence);
}

static VkResult queue_present(Handle queue, const void *info) {
    Below *device = find(key(queue));
    VkResult result = device_fault(device, "vkQueuePresentKHR", 0);
    /* What is better or worse than asked for is shown nevertheless. */
    if (result < 0) return result;
    VkResult below_result = NEXT(device, VkResult (*)(Handle, const void *), "vkQueuePresentKHR")(queue, info);
    return below_result ? below_result : result;
}

static VkResult acquire_next_image(Handle handle, Id chain, uint64_t timeout, Id semaphore, Id fence, uint32_t *index) {
    Below *device = find(key(handle));
    VkResult result = device_fault(device, "vkAcquireNextImageKHR", 0);
    /* VK_TIMEOUT and VK_NOT_READY give no picture either. */
    if (result < 0 || result == 1 || result == 2) return result;
    VkResult below_result = NEXT(device, VkResult (*)(Handle, Id, uint64_t, Id, Id, uint32_t *), "vkAcquireNextImageKHR")(
        handle, chain, timeout, semaphore, fence, index);
    return below_result ? below_result : result;
}

static VkResult create_swapchain(Handle handle, const void *info, const void *allocator, Id *chain) {
    Below *device = find(key(handle));
    VkResult result = device_fault(device, "vkCreateSwapchainKHR", 0);
    if (result) return result;
    return NEXT(device, VkResult (*)(Handle, const void *, const void *, Id *), "vkCreateSwapchainKHR")(handle, info, allocator, chain);
}

static VkResult allocate_memory(Handle handle, const MemoryAllocateInfo *info, const void *allocator, Id *memory) {
    Below *device = find(key(handle));
    VkResult result = device_fault(device, "vkAllocateMemory", (long long)info->size);
    if (result) return result;
    return NEXT(device, VkResult (*)(Handle, const void *, const void *, Id *), "vkAllocateMemory")(handle, info, allocator, memory);
}

static VkResult wait_semaphores(Handle handle, const void *info, uint64_t timeout) {
    Below *device = find(key(handle));
    VkResult result = device_fault(device, "vkWaitSemaphores", 0);
    if (result) return result;
    return NEXT(device, VkResult (*)(Handle, const void *, uint64_t), "vkWaitSemaphores")(handle, info, timeout);
}

static VkResult get_semaphore_counter_value(Handle handle, Id semaphore, uint64_t *value) {
    Below *device = find(key(handle));
    if (device->lost) return DEVICE_LOST;
    return NEXT(device, VkResult (*)(Handle, Id, uint64_t *), "vkGetSemaphoreCounterValue")(handle, semaphore, value);
}

static VkResult queue_wait_idle(Handle queue) {
    Below *device = find(key(queue));
    VkResult result = device_fault(device, "vkQueueWaitIdle", 0);
    if (result) return result;
    return NEXT(device, VkResult (*)(Handle), "vkQueueWaitIdle")(queue);
}

static VkResult device_wait_idle(Handle handle) {
    Below *device = find(key(handle));
    VkResult result = device_fault(device, "vkDeviceWaitIdle", 0);
    if (result) return result;
    return NEXT(device, VkResult (*)(Handle), "vkDeviceWaitIdle")(handle);
}

/* The loader's link for this layer; moves it on for the layer below. */
static Link *take_link(const Head *chain, int32_t type) {
    for (; chain; chain = chain->next) {
        LayerCreateInfo *info = (LayerCreateInfo *)chain;
        if (chain->type == type && info->function == LINK_INFO) {
            Link *link = info->link;
            info->link = link->next;
            return link;
        }
    }
    return NULL;
}

static VkResult create_instance(const Head *info, const void *allocator, Handle *instance) {
    Link *link = take_link(info->next, LOADER_INSTANCE_CREATE_INFO);
    VkResult result = link ? fault("vkCreateInstance", 0) : INITIALIZATION_FAILED;
    if (result) return result;
    Function create = link->instance_proc(NULL, "vkCreateInstance");
    result = ((VkResult(*)(const void *, const void *, Handle *))create)(info, allocator, instance);
    if (!result) add(*instance, link->instance_proc, "vkDestroyInstance");
    return result;
}

static VkResult create_device(Handle physical, const Head *info, const void *allocator, Handle *device) {
    Link *link = take_link(info->next, LOADER_DEVICE_CREATE_INFO);
    VkResult result = link ? fault("vkCreateDevice", 0) : INITIALIZATION_FAILED;
    if (result) return result;
    Function create = link->instance_proc(find(key(physical))->handle, "vkCreateDevice");
    result = ((VkResult(*)(Handle, const void *, const void *, Handle *))create)(physical, info, allocator, device);
    if (!result) add(*device, (GetProcAddr)link->device_or_physical_proc, "vkDestroyDevice");
    return result;
}

static void destroy(Handle handle, const void *allocator) {
    if (!handle) return;
    Below *found = find(key(handle));
    Destroy next = found->destroy;
    found->key = NULL;
    next(handle, allocator);
}

static Function get_instance_proc(Handle instance, const char *name);
static Function get_device_proc(Handle device, const char *name);

static const struct { const char *name; Function function; } OWN[] = {
    {"vkGetInstanceProcAddr", (Function)get_instance_proc},
    {"vkGetDeviceProcAddr", (Function)get_device_proc},
    {"vkCreateInstance", (Function)create_instance},
    {"vkDestroyInstance", (Function)destroy},
    {"vkCreateDevice", (Function)create_device},
    {"vkDestroyDevice", (Function)destroy},
    {"vkQueueSubmit", (Function)queue_submit},
    {"vkQueuePresentKHR", (Function)queue_present},
    {"vkAcquireNextImageKHR", (Function)acquire_next_image},
    {"vkCreateSwapchainKHR", (Function)create_swapchain},
    {"vkAllocateMemory", (Function)allocate_memory},
    {"vkWaitSemaphores", (Function)wait_semaphores},
    {"vkWaitSemaphoresKHR", (Function)wait_semaphores},
    {"vkGetSemaphoreCounterValue", (Function)get_semaphore_counter_value},
    {"vkGetSemaphoreCounterValueKHR", (Function)get_semaphore_counter_value},
    {"vkQueueWaitIdle", (Function)queue_wait_idle},
    {"vkDeviceWaitIdle", (Function)device_wait_idle},
};

static Function own(const char *name) {
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++)
        if (!strcmp(OWN[i].name, name)) return OWN[i].function;
    return NULL;
}

static Function get_instance_proc(Handle instance, const char *name) {
    Function function = own(name);
    if (function || !instance) return function;
    return find(key(instance))->proc(instance, name);
}

static Function get_device_proc(Handle device, const char *name) {
    Function next = find(key(device))->proc(device, name), function = own(name);
    return next && function ? function : next;
}

EXPORTED VkResult vkNegotiateLoaderLayerInterfaceVersion(Negotiate *negotiate) {
    if (negotiate->version < 2) return INITIALIZATION_FAILED;
    negotiate->version = 2;
    negotiate->instance_proc = get_instance_proc;
    negotiate->device_proc = get_device_proc;
    negotiate->physical_device_proc = NULL;
    return SUCCESS;
}
