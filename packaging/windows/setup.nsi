; The Setup of the program: for one user, without an administrator. packaging/windows/installers.py
; hands over VERSION, NUMBERS, FOLDER, ICON, SIDE, OUT, SIZE and YEAR.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
!ifdef FAST ; for a trial
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
SetDateSave on
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

Name "acctdesk"
OutFile "${OUT}"
BrandingText "acctdesk ${VERSION}"
InstallDir "$LOCALAPPDATA\Programs\acctdesk"
InstallDirRegKey HKCU "Software\acctdesk" "InstallDir"
ShowInstDetails nevershow
ShowUninstDetails nevershow
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define LISTED "Software\Microsoft\Windows\CurrentVersion\Uninstall\acctdesk"
!define CLASSES "Software\Classes"
!define BOOK "acctdesk.book"

; One question: Install. Then: start it?
!define MUI_WELCOMEPAGE_TITLE "acctdesk ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "$(Welcome)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\acctdesk.exe"
!define MUI_FINISHPAGE_TEXT "$(Done)"
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(Removing)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
; The first is spoken where Windows speaks neither.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Greek"

LangString Welcome ${LANG_ENGLISH} "acctdesk will be installed for you alone; no administrator is needed. An older version is replaced. Your books stay where they are and as they are.$\r$\n$\r$\nClick Install."
LangString Welcome ${LANG_GREEK} "Το acctdesk θα εγκατασταθεί μόνο για εσάς· δεν χρειάζεται διαχειριστής. Παλαιότερη έκδοση αντικαθίσταται. Τα χαρτοφυλάκιά σας μένουν όπου και όπως είναι.$\r$\n$\r$\nΠατήστε Εγκατάσταση."
LangString Done ${LANG_ENGLISH} "acctdesk ${VERSION} is installed. You find it in the Start menu; a double click on a book opens it."
LangString Done ${LANG_GREEK} "Το acctdesk ${VERSION} εγκαταστάθηκε. Βρίσκεται στο μενού Έναρξη· ένα χαρτοφυλάκιο ανοίγει με διπλό κλικ."
LangString Removing ${LANG_ENGLISH} "The program is removed. Your books, their backups and your settings stay."
LangString Removing ${LANG_GREEK} "Το πρόγραμμα αφαιρείται. Τα χαρτοφυλάκια, τα αντίγραφα και οι ρυθμίσεις σας μένουν."
LangString Running ${LANG_ENGLISH} "acctdesk is running. Close it, then try again. Nothing was changed."
LangString Running ${LANG_GREEK} "Το acctdesk εκτελείται. Κλείστε το και δοκιμάστε ξανά. Δεν άλλαξε τίποτε."
LangString Described ${LANG_ENGLISH} "Clients, interactions, receivables and targets"
LangString Described ${LANG_GREEK} "Πελάτες, επαφές, απαιτήσεις και στόχοι"
LangString BookKind ${LANG_ENGLISH} "acctdesk book"
LangString BookKind ${LANG_GREEK} "Χαρτοφυλάκιο acctdesk"

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
!macro Described LANGUAGE TEXT
  VIAddVersionKey /LANG=${LANGUAGE} "ProductName" "acctdesk"
  VIAddVersionKey /LANG=${LANGUAGE} "CompanyName" "acctdesk"
  VIAddVersionKey /LANG=${LANGUAGE} "FileDescription" "${TEXT}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "LegalCopyright" "© ${YEAR} acctdesk, MIT"
!macroend
!insertmacro Described ${LANG_ENGLISH} "acctdesk Setup"
!insertmacro Described ${LANG_GREEK} "Εγκατάσταση του acctdesk"

; Windows lets nobody write to a program that runs. Nothing is touched before this was looked at.
!macro StopWhereRunning FILE
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\${FILE}"
      ${Break}
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\${FILE}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${Break}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(Running)" /SD IDCANCEL IDRETRY +3
    SetErrorLevel 5
    Quit
  ${Loop}
!macroend

; What Setup laid, and nothing else: a book that somebody put into the folder stays.
!macro RemoveProgram
  RMDir /r "$INSTDIR\library"
  RMDir /r "$INSTDIR\runtime"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\acctdesk.exe"
  Delete "$INSTDIR\acctdesk-cli.exe"
!macroend

!macro TellShell
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; associations changed
!macroend

Section
  !insertmacro StopWhereRunning "acctdesk.exe"
  !insertmacro StopWhereRunning "acctdesk-cli.exe"
  ${If} ${FileExists} "$INSTDIR\acctdesk.exe" ; else these are somebody else's folders
    !insertmacro RemoveProgram
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\acctdesk.lnk" "$INSTDIR\acctdesk.exe" "" "" "" "" "" "$(Described)"
  CreateShortcut "$DESKTOP\acctdesk.lnk" "$INSTDIR\acctdesk.exe" "" "" "" "" "" "$(Described)"

  WriteRegStr HKCU "${CLASSES}\.acctbook" "" "${BOOK}"
  WriteRegStr HKCU "${CLASSES}\.acctbook\OpenWithProgids" "${BOOK}" ""
  WriteRegStr HKCU "${CLASSES}\${BOOK}" "" "$(BookKind)"
  WriteRegStr HKCU "${CLASSES}\${BOOK}\DefaultIcon" "" "$INSTDIR\acctdesk.exe,0"
  WriteRegStr HKCU "${CLASSES}\${BOOK}\shell\open\command" "" '"$INSTDIR\acctdesk.exe" "%1"'
  !insertmacro TellShell

  WriteRegStr HKCU "Software\acctdesk" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${LISTED}" "DisplayName" "acctdesk"
  WriteRegStr HKCU "${LISTED}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${LISTED}" "Publisher" "acctdesk"
  WriteRegStr HKCU "${LISTED}" "DisplayIcon" "$INSTDIR\acctdesk.exe"
  WriteRegStr HKCU "${LISTED}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${LISTED}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${LISTED}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${LISTED}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${LISTED}" "NoModify" 1
  WriteRegDWORD HKCU "${LISTED}" "NoRepair" 1
SectionEnd

Section Uninstall
  !insertmacro StopWhereRunning "acctdesk.exe"
  !insertmacro StopWhereRunning "acctdesk-cli.exe"
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; where it is empty
  Delete "$SMPROGRAMS\acctdesk.lnk"
  Delete "$DESKTOP\acctdesk.lnk"
  ReadRegStr $0 HKCU "${CLASSES}\.acctbook" ""
  ${If} $0 == "${BOOK}"
    DeleteRegValue HKCU "${CLASSES}\.acctbook" ""
  ${EndIf}
  DeleteRegValue HKCU "${CLASSES}\.acctbook\OpenWithProgids" "${BOOK}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.acctbook\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.acctbook"
  DeleteRegKey HKCU "${CLASSES}\${BOOK}"
  !insertmacro TellShell
  DeleteRegKey HKCU "${LISTED}"
  DeleteRegKey HKCU "Software\acctdesk"
SectionEnd
