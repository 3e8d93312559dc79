// What does a program built for glibc miss on musl? The symbols that Node's official binary and libstdc++ take from
// glibc and musl does not have, as far as a test run needs them. Test equipment: it lets a real Node start on a real
// musl, so that the addon is loaded by musl's own loader.
#define _GNU_SOURCE
#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

// Data that glibc's startup fills in; zero means "not known" to those that read it.
char __libc_single_threaded;
void* __libc_stack_end;
struct {
  unsigned vendor, type, subtype, features;
} __cpu_model;

int __cpu_indicator_init(void) { return 0; }
unsigned long __getauxval(unsigned long type);
unsigned long getauxval(unsigned long type);
unsigned long __getauxval(unsigned long type) { return getauxval(type); }

// Destructors of thread_local objects: one list for each thread, the last registered runs first.
struct destructor {
  void (*call)(void*);
  void* object;
  struct destructor* next;
};

static pthread_key_t destructors;
static pthread_once_t is_prepared = PTHREAD_ONCE_INIT;

static void destroy_all(void* first) {
  for (struct destructor* each = first; each != NULL;) {
    struct destructor* next = each->next;
    each->call(each->object);
    free(each);
    each = next;
  }
}

static void prepare(void) {
  if (pthread_key_create(&destructors, destroy_all) != 0) abort();
}

int __cxa_thread_atexit_impl(void (*call)(void*), void* object, void* library) {
  (void)library;
  pthread_once(&is_prepared, prepare);
  struct destructor* made = malloc(sizeof *made);
  if (made == NULL) return -1;
  *made = (struct destructor){call, object, pthread_getspecific(destructors)};
  return pthread_setspecific(destructors, made);
}

// The same functions by glibc's other names.
int fcntl64(int fd, int command, ...) {
  va_list arguments;
  va_start(arguments, command);
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  return fcntl(fd, command, argument);
}

size_t __strftime_l(char* text, size_t size, const char* format, const struct tm* time, locale_t locale) {
  return strftime_l(text, size, format, time, locale);
}

int __register_atfork(void (*before)(void), void (*in_parent)(void), void (*in_child)(void), void* library) {
  (void)library;
  return pthread_atfork(before, in_parent, in_child);
}

uint32_t arc4random(void) {
  uint32_t number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) abort();
  return number;
}

// Questions with an answer that makes the caller find its own way.
const char* gnu_get_libc_version(void) { return "2.36"; }
int __res_init(void) { return 0; }
int _dl_find_object(void* address, void* result) {
  (void)address;
  (void)result;
  return -1;
}

// Stacks are printed when a program dies, without their names then.
int backtrace(void** addresses, int size) {
  (void)addresses;
  (void)size;
  return 0;
}
char** backtrace_symbols(void* const* addresses, int size) {
  (void)addresses;
  (void)size;
  return NULL;
}
void backtrace_symbols_fd(void* const* addresses, int size, int fd) {
  (void)addresses;
  (void)size;
  (void)fd;
}

// Never called by what is tested here; if they are, the test has to know.
int getcontext(void* context) {
  (void)context;
  abort();
}
int setcontext(const void* context) {
  (void)context;
  abort();
}
void makecontext(void* context, void (*start)(void), int count, ...) {
  (void)context;
  (void)start;
  (void)count;
  abort();
}
