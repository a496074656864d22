/* Starts the program with the Python that lies beside it, runtime\python311.dll.

   Built three times by packaging/windows/launcher.py: acctdesk.exe without a console,
   acctdesk-cli.exe with one, and, for the trial alone and never shipped, python.exe, which hands
   its arguments to Python as they are (-DPLAIN). */
#define WIN32_LEAN_AND_MEAN
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

typedef int (*python_main)(int, wchar_t **);

static int incomplete(void)
{
    MessageBoxW(NULL,
                L"The program is not whole. Install it again; your books stay where they are.\n\n"
                L"Το πρόγραμμα δεν είναι ολόκληρο. Εγκαταστήστε το ξανά· τα χαρτοφυλάκιά σας "
                L"μένουν στη θέση τους.",
                L"acctdesk", MB_OK | MB_ICONERROR);
    return 3;
}

/* A new string: the folder of this program and what is below it. */
static wchar_t *below(const wchar_t *folder, const wchar_t *name)
{
    size_t room = wcslen(folder) + wcslen(name) + 1;
    wchar_t *path = malloc(room * sizeof *path);
    if (path != NULL) {
        wcscpy(path, folder);
        wcscat(path, name);
    }
    return path;
}

static int run(int count, wchar_t **words)
{
    static wchar_t folder[32768]; /* the longest path of Windows */
    DWORD length = GetModuleFileNameW(NULL, folder, 32768);
    wchar_t *end = wcsrchr(folder, L'\\');
    if (length == 0 || length >= 32768 || end == NULL)
        return incomplete();
    end[1] = 0;

    wchar_t *runtime = below(folder, L"runtime");
    wchar_t *library = below(folder, L"runtime\\" PYTHON_DLL);
    wchar_t *script = below(folder, L"runtime\\start.pyc");
    wchar_t **handed = calloc((size_t)count + 6, sizeof *handed);
    if (runtime == NULL || library == NULL || script == NULL || handed == NULL)
        return incomplete();

    /* Libraries come from this folder and from Windows, never from where the program was called. */
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    AddDllDirectory(runtime);
    HMODULE python = LoadLibraryExW(
        library, NULL, LOAD_LIBRARY_SEARCH_DEFAULT_DIRS | LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR);
    python_main start =
        python == NULL ? NULL : (python_main)(void *)GetProcAddress(python, "Py_Main");
    if (start == NULL)
        return incomplete();

    int to = 0;
    handed[to++] = words[0];
#ifndef PLAIN
    handed[to++] = L"-I";
    handed[to++] = L"-B";
    handed[to++] = L"-X";
    handed[to++] = L"utf8";
    handed[to++] = script;
#endif
    for (int from = 1; from < count; from++)
        handed[to++] = words[from];
    return start(to, handed);
}

#ifdef WINDOW
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR line, int show)
{
    (void)instance, (void)before, (void)line, (void)show;
    return run(__argc, __wargv);
}
#else
int wmain(int count, wchar_t **words)
{
    return run(count, words);
}
#endif
