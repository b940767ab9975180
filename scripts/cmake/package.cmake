# The Debian package. scripts/package makes it, with the same bytes each time.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME referee)
set(CPACK_PACKAGE_CONTACT ${REFEREE_MAINTAINER})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "conformance suite for the referrers part of container registries")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Referee judges how a container registry treats referrers: manifests that name
another manifest as their subject, as signatures, SBOMs and attestations do.
It pushes content of its own to a registry, asks for it back, and says
requirement by requirement whether the answers keep the OCI distribution-spec
or the ORAS artifacts-spec. It connects to its target only.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)
