/* java-ready.c: an agent of the virtual machine that waits for a program.
 *
 * Before the main class starts, on the main thread, it runs Warm.java by the same launcher that will run the
 * program, so that the compiler is loaded and has run once, and then waits for a byte on descriptor 9. It leaves
 * no frame, thread, file or property behind. It has to be told --source, or `java` would look for the program's
 * file before it is there; the launcher is not to know of that, since it would compile otherwise.
 */
#include <errno.h>
#include <jvmti.h>
#include <unistd.h>

#define LAUNCHER "com/sun/tools/javac/launcher/"
#define STRINGS "[Ljava/lang/String;"

enum { GO = 9 };

static void forget_source_option(JNIEnv *env) {
  jclass system = (*env)->FindClass(env, "java/lang/System");
  jmethodID clear =
    (*env)->GetStaticMethodID(env, system, "clearProperty", "(Ljava/lang/String;)Ljava/lang/String;");
  (*env)->CallStaticObjectMethod(env, system, clear, (*env)->NewStringUTF(env, "jdk.internal.javac.source"));
}

/* new SourceLauncher(System.err).run({}, {path}) */
static void run_source(JNIEnv *env, const char *path) {
  jclass launcher = (*env)->FindClass(env, LAUNCHER "SourceLauncher");
  if (launcher == NULL) return;
  jmethodID create = (*env)->GetMethodID(env, launcher, "<init>", "(Ljava/io/PrintStream;)V");
  jmethodID run = (*env)->GetMethodID(env, launcher, "run", "(" STRINGS STRINGS ")L" LAUNCHER "Result;");
  if (create == NULL || run == NULL) return;
  jclass system = (*env)->FindClass(env, "java/lang/System"), string = (*env)->FindClass(env, "java/lang/String");
  jfieldID field = (*env)->GetStaticFieldID(env, system, "err", "Ljava/io/PrintStream;");
  jobject err = (*env)->GetStaticObjectField(env, system, field);
  jobjectArray options = (*env)->NewObjectArray(env, 0, string, NULL);
  jobjectArray arguments = (*env)->NewObjectArray(env, 1, string, (*env)->NewStringUTF(env, path));
  (*env)->CallObjectMethod(env, (*env)->NewObject(env, launcher, create, err), run, options, arguments);
}

/* The launcher gives the thread the class loader of the program that it runs. */
static void warm_up(JNIEnv *env, jthread thread) {
  jclass class = (*env)->GetObjectClass(env, thread);
  jmethodID get = (*env)->GetMethodID(env, class, "getContextClassLoader", "()Ljava/lang/ClassLoader;");
  jmethodID set = (*env)->GetMethodID(env, class, "setContextClassLoader", "(Ljava/lang/ClassLoader;)V");
  jobject loader = (*env)->CallObjectMethod(env, thread, get);
  run_source(env, "/usr/lib/java-ready/Warm.java");
  (*env)->ExceptionClear(env); /* a cold start is a start */
  (*env)->CallVoidMethod(env, thread, set, loader);
}

static void JNICALL on_start(jvmtiEnv *jvmti, JNIEnv *env, jthread thread) {
  (void)jvmti;
  forget_source_option(env);
  if ((*env)->PushLocalFrame(env, 16) == 0) {
    warm_up(env, thread);
    (*env)->PopLocalFrame(env, NULL);
  }
  char go;
  ssize_t got;
  do got = read(GO, &go, 1);
  while (got < 0 && errno == EINTR);
  if (got != 1) _exit(1); /* nobody is there to give it one */
  close(GO);
}

JNIEXPORT jint JNICALL Agent_OnLoad(JavaVM *vm, char *options, void *reserved) {
  (void)options, (void)reserved;
  jvmtiEnv *jvmti;
  const jvmtiEventCallbacks callbacks = {.VMInit = on_start};
  if ((*vm)->GetEnv(vm, (void **)&jvmti, JVMTI_VERSION_1_2) != JNI_OK) return JNI_ERR;
  if ((*jvmti)->SetEventCallbacks(jvmti, &callbacks, sizeof callbacks) != JVMTI_ERROR_NONE) return JNI_ERR;
  return (*jvmti)->SetEventNotificationMode(jvmti, JVMTI_ENABLE, JVMTI_EVENT_VM_INIT, NULL) == JVMTI_ERROR_NONE
    ? JNI_OK : JNI_ERR;
}
