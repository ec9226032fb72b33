; Installs the driver on Windows. scripts/windows installer makes the program, with these definitions:
;
;   VERSION   of the driver: three numbers
;   OUTPUT    the file to write
;   X64, X86  the libraries; one of them may be missing
;
; An administrator installs for all users, anybody else for himself. /AllUsers and /CurrentUser say it explicitly, /S
; asks and shows nothing, /D=FOLDER as the last argument chooses the folder. The program ends with 0 if the driver is
; installed, 740 if an administrator is needed, 1 or 2 if something failed.
;
; Data sources belong to users and are never touched.

Unicode true
ManifestDPIAware true
RequestExecutionLevel highest
SetCompressor /SOLID /FINAL lzma
SetCompressorDictSize 64
AllowSkipFiles off
CRCCheck force

!include LogicLib.nsh
!include FileFunc.nsh
!include x64.nsh

!define TITLE "Exchange ODBC driver"
!define FOLDER "Exchange ODBC"
!define LIBRARY "exchange_odbc.dll"
!define DRIVERS "Software\ODBC\ODBCINST.INI"
!define PROGRAM "Software\Microsoft\Windows\CurrentVersion\Uninstall\exchange-odbc"
!define NEEDS_ADMINISTRATOR 740

Name "${TITLE}"
OutFile "${OUTPUT}"
BrandingText "${TITLE} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey FileDescription "Installs the ${TITLE}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey ProductName "${TITLE}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey CompanyName "exchange-odbc"
VIAddVersionKey LegalCopyright "MIT or Apache-2.0"

LicenseText "The driver is free under either of the licences MIT and Apache 2.0. The libraries in it have licences of their \
own, in the file THIRD-PARTY-NOTICES.txt."
LicenseData "LICENSE-MIT"
Page license
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Var administrator ; whether the user is one
Var scope         ; AllUsers or CurrentUser
Var driver        ; name of the driver that is being registered or removed
Var library       ; its file
Var upgrade       ; 1 if this program installed the driver before

; ---- Both programs ---------------------------------------------------------------------------------------------------

!macro decide un
; Registers keys of 64 bits where there are any, so that all programs see the entry of this one in the same place.
Function ${un}useMainKeys
    ${If} ${RunningX64}
        SetRegView 64
    ${Else}
        SetRegView 32
    ${EndIf}
FunctionEnd

Function ${un}findUser
    StrCpy $administrator 0
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 == "Admin"
        StrCpy $administrator 1
    ${EndIf}
FunctionEnd

; Makes SHCTX the part of the registry of the chosen users. Ends the program without the rights for it.
Function ${un}useScope
    ${If} $scope == "AllUsers"
        ${If} $administrator != 1
            MessageBox MB_OK|MB_ICONSTOP "An administrator has to start this program: the driver is that of all users." /SD IDOK
            SetErrorLevel ${NEEDS_ADMINISTRATOR}
            Quit
        ${EndIf}
        SetShellVarContext all
    ${Else}
        SetShellVarContext current
    ${EndIf}
FunctionEnd
!macroend

!insertmacro decide ""
!insertmacro decide "un."

; Where the library of an architecture is, and the driver's name. The keys of all users are separate for programs of 64
; and of 32 bits. Those of one user are not, so the driver of 32 bits has a name of its own there.
!macro chooseLibrary architecture
    StrCpy $library "$INSTDIR\${architecture}\${LIBRARY}"
    StrCpy $driver "Exchange"
    !if "${architecture}" == "x64"
        SetRegView 64
    !else
        SetRegView 32
        ${If} $scope == "CurrentUser"
        ${AndIf} ${RunningX64}
            StrCpy $driver "Exchange (32-bit)"
        ${EndIf}
    !endif
!macroend

; ---- Installing ------------------------------------------------------------------------------------------------------

Function .onInit
    Call useMainKeys
    Call findUser
    ${If} $administrator == 1
        StrCpy $scope "AllUsers"
    ${Else}
        StrCpy $scope "CurrentUser"
    ${EndIf}
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/AllUsers" $2
    ${IfNot} ${Errors}
        StrCpy $scope "AllUsers"
    ${EndIf}
    ClearErrors
    ${GetOptions} $1 "/CurrentUser" $2
    ${IfNot} ${Errors}
        StrCpy $scope "CurrentUser"
    ${EndIf}
    Call useScope
    ; A driver that is there is replaced in its place, because data sources name the file.
    ReadRegStr $0 SHCTX "${PROGRAM}" "InstallLocation"
    ${If} $0 != ""
        StrCpy $INSTDIR $0
    ${ElseIf} $INSTDIR == ""
        ${If} $scope == "CurrentUser"
            StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${FOLDER}"
        ${ElseIf} ${RunningX64}
            StrCpy $INSTDIR "$PROGRAMFILES64\${FOLDER}"
        ${Else}
            StrCpy $INSTDIR "$PROGRAMFILES\${FOLDER}"
        ${EndIf}
    ${EndIf}
FunctionEnd

; Makes room for the new library. Programs that have the old one in use keep it until they end, under another name.
Function setAside
    Delete "$library.*.old"
    ClearErrors
    Delete $library
    ${IfNot} ${FileExists} $library
        Return
    ${EndIf}
    StrCpy $0 1
    ${While} ${FileExists} "$library.$0.old"
        IntOp $0 $0 + 1
    ${EndWhile}
    ClearErrors
    Rename $library "$library.$0.old"
    ${If} ${Errors}
        DetailPrint "$library is in use"
        SetErrorLevel 1
        Abort
    ${EndIf}
    Delete /REBOOTOK "$library.$0.old"
FunctionEnd

; Tells ODBC of the library, as its function SQLInstallDriverEx would, which knows one part of the registry only.
; UsageCount is the number of programs that installed the driver.
Function registerDriver
    ReadRegStr $0 SHCTX "${DRIVERS}\$driver" "Driver"
    ReadRegDWORD $1 SHCTX "${DRIVERS}\$driver" "UsageCount"
    ${If} $1 == ""
        StrCpy $1 0
    ${EndIf}
    ${If} $upgrade != 1
    ${OrIf} $0 != $library
    ${OrIf} $1 == 0
        IntOp $1 $1 + 1
    ${EndIf}
    ClearErrors
    WriteRegStr SHCTX "${DRIVERS}\ODBC Drivers" $driver "Installed"
    WriteRegStr SHCTX "${DRIVERS}\$driver" "Driver" $library
    WriteRegStr SHCTX "${DRIVERS}\$driver" "Setup" $library
    WriteRegStr SHCTX "${DRIVERS}\$driver" "APILevel" "2"
    WriteRegStr SHCTX "${DRIVERS}\$driver" "ConnectFunctions" "YYY"
    WriteRegStr SHCTX "${DRIVERS}\$driver" "DriverODBCVer" "03.80"
    WriteRegStr SHCTX "${DRIVERS}\$driver" "FileUsage" "0"
    WriteRegStr SHCTX "${DRIVERS}\$driver" "SQLLevel" "1"
    WriteRegDWORD SHCTX "${DRIVERS}\$driver" "UsageCount" $1
    ${If} ${Errors}
        DetailPrint "The driver could not be written into the registry"
        SetErrorLevel 1
        Abort
    ${EndIf}
FunctionEnd

Section
    StrCpy $upgrade 0
    ReadRegStr $0 SHCTX "${PROGRAM}" "InstallLocation"
    ${If} $0 == $INSTDIR
        StrCpy $upgrade 1
    ${EndIf}

    !ifdef X64
        ${If} ${RunningX64}
            SetOutPath "$INSTDIR\x64"
            !insertmacro chooseLibrary x64
            Call setAside
            File "/oname=${LIBRARY}" "${X64}"
            Call registerDriver
        ${EndIf}
    !endif
    !ifdef X86
        SetOutPath "$INSTDIR\x86"
        !insertmacro chooseLibrary x86
        Call setAside
        File "/oname=${LIBRARY}" "${X86}"
        Call registerDriver
    !endif

    SetOutPath $INSTDIR
    File "/oname=LICENSE-MIT.txt" "LICENSE-MIT"
    File "/oname=LICENSE-APACHE.txt" "LICENSE-APACHE"
    File "/oname=THIRD-PARTY-NOTICES.txt" "THIRD-PARTY-NOTICES"
    WriteUninstaller "$INSTDIR\uninstall.exe"

    Call useMainKeys
    WriteRegStr SHCTX "${PROGRAM}" "DisplayName" "${TITLE}"
    WriteRegStr SHCTX "${PROGRAM}" "DisplayVersion" "${VERSION}"
    WriteRegStr SHCTX "${PROGRAM}" "Publisher" "exchange-odbc"
    WriteRegStr SHCTX "${PROGRAM}" "InstallLocation" "$INSTDIR"
    WriteRegStr SHCTX "${PROGRAM}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr SHCTX "${PROGRAM}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD SHCTX "${PROGRAM}" "NoModify" 1
    WriteRegDWORD SHCTX "${PROGRAM}" "NoRepair" 1
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    WriteRegDWORD SHCTX "${PROGRAM}" "EstimatedSize" $0
SectionEnd

; ---- Removing --------------------------------------------------------------------------------------------------------

Function un.onInit
    Call un.useMainKeys
    Call un.findUser
    StrCpy $scope "CurrentUser"
    ReadRegStr $0 HKLM "${PROGRAM}" "InstallLocation"
    ${If} $0 == $INSTDIR
        StrCpy $scope "AllUsers"
    ${EndIf}
    Call un.useScope
FunctionEnd

; Removes a library and what ODBC knows of it, unless another program has installed it, too.
Function un.removeDriver
    ReadRegStr $0 SHCTX "${DRIVERS}\$driver" "Driver"
    ${If} $0 == $library
        ReadRegDWORD $1 SHCTX "${DRIVERS}\$driver" "UsageCount"
        IntOp $1 $1 - 1
        ${If} $1 > 0
            WriteRegDWORD SHCTX "${DRIVERS}\$driver" "UsageCount" $1
            Return
        ${EndIf}
        DeleteRegValue SHCTX "${DRIVERS}\ODBC Drivers" $driver
        DeleteRegKey SHCTX "${DRIVERS}\$driver"
    ${EndIf}
    Delete /REBOOTOK $library
    Delete /REBOOTOK "$library.*.old"
FunctionEnd

Section un.
    ${If} ${RunningX64}
        !insertmacro chooseLibrary x64
        Call un.removeDriver
    ${EndIf}
    !insertmacro chooseLibrary x86
    Call un.removeDriver

    Call un.useMainKeys
    DeleteRegKey SHCTX "${PROGRAM}"
    Delete "$INSTDIR\LICENSE-MIT.txt"
    Delete "$INSTDIR\LICENSE-APACHE.txt"
    Delete "$INSTDIR\THIRD-PARTY-NOTICES.txt"
    Delete /REBOOTOK "$INSTDIR\uninstall.exe"
    RMDir /REBOOTOK "$INSTDIR\x64"
    RMDir /REBOOTOK "$INSTDIR\x86"
    RMDir /REBOOTOK "$INSTDIR"
SectionEnd
