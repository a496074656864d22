/* Test only, never shipped: what Debian's Wine leaves out of Windows and the program asks for.

   Built by packaging/windows/wine.py. The functions of complex numbers take the place of stubs in
   Wine's own ucrtbase.dll, by their machine code; with -DICU this is icuuc.dll, which Windows has
   had since version 1703: of its functions Qt asks for a converter of text, is told that there is
   none, and goes on with its own. With -DRANDOM it is bcryptprimitives.dll, whose one function of
   chance the libraries written in Rust ask for. */
#define OFFERED __declspec(dllexport)
#ifdef RANDOM
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(void *buffer, ULONG length); /* RtlGenRandom */

OFFERED BOOL WINAPI ProcessPrng(unsigned char *buffer, SIZE_T length)
{
    return SystemFunction036(buffer, (ULONG)length);
}
#elif defined(ICU)
#define NOTHING(name) OFFERED void name(void) {}

OFFERED void *ucnv_open(const char *name, int *error)
{
    (void)name;
    *error = 4; /* U_FILE_ACCESS_ERROR */
    return 0;
}
OFFERED const char *ucnv_getName(void *converter, int *error)
{
    (void)converter;
    *error = 1; /* U_ILLEGAL_ARGUMENT_ERROR */
    return 0;
}
OFFERED const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{
    (void)name, (void)standard;
    *error = 4;
    return 0;
}
OFFERED int ucnv_countAvailable(void) { return 0; }
OFFERED const char *ucnv_getAvailableName(int number)
{
    (void)number;
    return 0;
}
#include "icu_names.h" /* NOTHING(name) for every other name that Qt asks for */
#else
typedef struct { double re, im; } Double; /* handed over by address */
typedef struct { float re, im; } Single;  /* handed over in one register */

double creal(Double z) { return z.re; }
double cimag(Double z) { return z.im; }
double creall(Double z) { return z.re; }
double cimagl(Double z) { return z.im; }
float crealf(Single z) { return z.re; }
float cimagf(Single z) { return z.im; }
int WcsCreateIccProfile(void *profile, unsigned options)
{
    (void)profile, (void)options;
    return 0;
}
#endif
